import Foundation
import TestSupport

/// The Python package gixy-ng.
enum Gixy {
    /// The newest nginx that gixy is to have in mind; what it says of older ones is about their own faults.
    private static let nginxVersion = "1.30.6"

    /// The findings about configurations, each of which is one file.
    static func findings(in files: [String]) async throws -> [GixyFinding] {
        let outcome = try await Tool(at: program()).run(["--format", "json", "--nginx-version", nginxVersion] + files)
        do {
            return try JSONDecoder().decode([GixyFinding].self, from: Data(outcome.output))
        } catch {
            throw Tool.Failure(description: outcome.errors)
        }
    }

    private static func program() throws -> String {
        let path = PackageRoot.url.appending(path: ".build/gixy-venv/bin/gixy").path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw Tool.Failure(description: "no gixy at \(path); `make test` sets it up")
        }
        return path
    }
}

/// A weakness as gixy tells it.
struct GixyFinding: Decodable, CustomStringConvertible {
    /// The name of the check.
    let plugin: String
    let path: String
    let severity: String
    let reason: String
    /// The directives that it is about, with the blocks around them.
    let config: String

    var description: String {
        let fixture = URL(filePath: path).deletingPathExtension().lastPathComponent
        return "\(fixture): \(plugin), \(severity): \(reason)\n\(config)"
    }
}
