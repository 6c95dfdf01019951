import Foundation
import TestSupport

/// A curl that connects from an address of its own.
struct ClientFrom {
    let address: String
    /// The address and the port that it connects to, whatever a URL says.
    let place: String

    struct Answer {
        var status: String
        /// In lower case.
        var body: String
    }

    /// - Parameter headers: Such as `X-Forwarded-For: 192.0.2.1`.
    func get(_ url: String, _ headers: String...) async throws -> Answer {
        let options = ["-sk", "--max-time", "60", "--interface", address, "--connect-to", "::\(place)"]
        let outcome = try await Tool("curl").run(
            options + headers.flatMap { ["-H", $0] } + ["-w", "\n%{http_code}", url]
        )
        let lines = outcome.text.split(separator: "\n")
        return Answer(status: lines.last.map(String.init) ?? "", body: outcome.text.lowercased())
    }
}
