import Foundation
import TestSupport

/// Clients and backends that are not ours: scripts of `Resources/`, which print what came of each of their requests.
enum PythonPeers {
    /// Runs a script to its end.
    ///
    /// - Parameter environment: The folder of its Python packages below `.build`; `nil` where it needs none.
    static func run(_ script: String, in environment: String? = nil, _ arguments: String...) async throws
        -> [String: String]
    {
        let file = path(of: Fixture.resource(script))
        let outcome = try await python(in: environment).run([file] + arguments)
        guard outcome.succeeded else { throw Tool.Failure(description: outcome.errors) }
        return try JSONDecoder().decode([String: String].self, from: Data(outcome.output))
    }

    private static func python(in environment: String?) throws -> Tool {
        guard let environment else { return try Tool("python3") }
        let path = PackageRoot.url.appending(path: ".build/\(environment)/bin/python3").path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw Tool.Failure(description: "no Python at \(path); `make test` sets it up")
        }
        return Tool(at: path)
    }
}
