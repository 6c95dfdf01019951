import ArgumentParser
import Diagnostics
import Foundation
import ProxyConfiguration

/// The option that names a line of an access log.
struct LogOptions: ParsableArguments {
    @Option(
        name: .customLong("log"),
        help: ArgumentHelp(
            "Explain the request of this line of an access log; - reads it from standard input.",
            discussion: """
                The line is in the format that the configuration logs in (log-format-upstream of --configmap), or in the \
                usual one of ingress-nginx. That one names no host: where several hosts fit, --header 'Host: NAME' says \
                which is meant.
                """,
            valueName: "line"
        )
    )
    var line: String?

    init() {}

    /// The request that the line stands for, and what the log has of it; throws ``CommandFailure`` where none can be known.
    func request(_ asked: RequestOptions, in table: RouteTable) throws -> (LogReader.Candidate, LoggedAnswer) {
        let reader = LogReader(table)
        guard var logged = reader.read(try bytes()) else {
            throw CommandFailure(
                "the line of the log tells no request: it must be in the format of the configuration, or in the usual one "
                    + "of ingress-nginx"
            )
        }
        if let host = asked.host { logged.host = host }
        let candidates = reader.candidates(for: logged)
        guard let first = candidates.first else {
            let backend = logged.upstream.map { "no host passes \(logged.target) to \($0) now" }
            throw CommandFailure(
                "the line of the log names no host, and \(backend ?? "no backend"): --header 'Host: NAME' says which is meant"
            )
        }
        let others = candidates.dropFirst().map(\.request.host)
        return (first, LoggedAnswer(logged, first, others: Array(others), in: table))
    }

    private func bytes() throws -> [UInt8] {
        var bytes = Array((line ?? "").utf8)
        if line == "-" { bytes = Array(FileHandle.standardInput.readDataToEndOfFile()) }
        while let last = bytes.last, last == 10 || last == 13 { bytes.removeLast() }
        guard !bytes.contains(10) else {
            throw CommandFailure("the log has several lines: one is explained at a time")
        }
        return bytes
    }
}
