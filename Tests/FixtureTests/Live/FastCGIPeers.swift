import Foundation
import TestSupport

/// Servers of FastCGI that are not ours, those of the Python package flup, in front of echo backends.
enum FastCGIPeers {
    /// The place of a server, and the backend that it asks.
    typealias Pair = (host: String, port: UInt16, backend: String)

    /// Runs a server for each place while `body` runs.
    static func run<Result: Sendable>(_ pairs: [Pair], body: () async throws -> Result) async throws -> Result {
        guard !pairs.isEmpty else { return try await body() }
        let words = pairs.flatMap { ["\($0.host):\($0.port)", $0.backend] }
        let command = [try python(), path(of: Fixture.resource("fastcgi-peers.py"))] + words
        return try await BackgroundProgram.run(command, listeningAt: pairs.map { ($0.host, $0.port) }, body: body)
    }

    private static func python() throws -> String {
        let path = PackageRoot.url.appending(path: ".build/fastcgi-venv/bin/python3").path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw Tool.Failure(description: "no flup at \(path); `make test` sets it up")
        }
        return path
    }
}
