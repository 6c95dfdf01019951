import Foundation

/// A request as a fake API server has got it.
package struct FakeRequest: Sendable, Hashable {
    package var method: String
    package var path: String
    package var query: [String: String]
    /// The names are in lower case.
    package var headers: [String: String]
    package var body: String

    package var isWatch: Bool { query["watch"] == "true" }

    /// Reads the line and the headers of a request, without the empty line.
    init?(head: String, body: String) {
        let lines = head.split(separator: "\r\n").map(String.init)
        let parts = lines.first?.split(separator: " ") ?? []
        guard parts.count == 3, let target = URLComponents(string: String(parts[1])) else { return nil }
        method = String(parts[0])
        path = target.path
        query = Dictionary((target.queryItems ?? []).map { ($0.name, $0.value ?? "") }) { $1 }
        let fields = lines.dropFirst().compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            return (line[..<colon].lowercased(), value)
        }
        headers = Dictionary(fields) { $1 }
        self.body = body
    }
}
