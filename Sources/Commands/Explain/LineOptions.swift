import ArgumentParser
import Foundation
import NginxSyntax

/// The options that name a line of a configuration.
struct LineOptions: ParsableArguments {
    @Option(
        name: .customLong("line"),
        help: ArgumentHelp("Explain this line of nginx.conf, and no request.", valueName: "number")
    )
    var number: Int?

    @Option(
        help: ArgumentHelp(
            "The nginx.conf that --line is a line of; without it what postern render prints.",
            valueName: "file"
        )
    )
    var file: String?

    init() {}

    func validate() throws {
        if let number, number < 1 { throw ValidationError("--line takes a number from 1 on.") }
        if file != nil, number == nil { throw ValidationError("--file is for --line.") }
    }

    /// The line of what manifests come to that says what the line of the file says.
    ///
    /// Throws ``CommandFailure`` where there is none.
    func number(_ number: Int, in result: Pipeline.Result) throws -> Int {
        guard let file else { return number }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure("\(file): it cannot be read")
        }
        let index = ConfigurationIndex(String(decoding: data, as: UTF8.self))
        guard number <= index.lineCount else { throw CommandFailure("\(file) has no line \(number)") }
        let chain = index.chain(at: number)
        guard !chain.isEmpty else { throw CommandFailure("\(file):\(number): no directive stands there") }
        let generated = ConfigurationIndex(result.generation)
        guard let line = ConfigurationAddress(chain).line(in: generated.directives) else {
            throw CommandFailure("\(file):\(number): the manifests do not bring this line: \(index.text(of: number))")
        }
        return line
    }
}

extension ConfigurationAddress {
    /// The line at which it stands first.
    fileprivate func line(in directives: [Directive]) -> Int? { found(in: directives).first?.line }
}
