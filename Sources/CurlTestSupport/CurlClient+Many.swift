import Foundation
import TestSupport

extension CurlClient {
    /// Sends requests one after another over connections that are kept, and returns what came back, in their order.
    ///
    /// Much faster than one by one, but of the answers only the last head and no certificate is known, and the
    /// requests have no bodies. Throws a ``Failure`` if one of them gets no answer.
    package func send(_ requests: [CurlRequest]) async throws -> [CurlResponse] {
        let curl = try Tool("curl")
        var responses: [CurlResponse] = []
        // The system bounds the length of a command line.
        for start in stride(from: 0, to: requests.count, by: 200) {
            let some = requests[start..<min(start + 200, requests.count)]
            let outcome = try await curl.run(
                Array(some.map { arguments(for: $0) + ["--write-out", Self.trailer] }.joined(separator: ["--next"]))
            )
            let answers = outcome.output.split(separator: UInt8(ascii: "\u{1D}"))
            guard outcome.succeeded, answers.count == some.count else {
                throw Failure(description: "\(answers.count) of \(some.count) answers came: \(outcome.errors)")
            }
            responses += try answers.map(Self.response)
        }
        return responses
    }

    /// Follows each body: no control characters are in JSON or in nginx's pages of errors.
    private static let trailer = "\u{1E}%{http_code}\u{1E}%{header_json}\u{1D}"

    private static func response(_ answer: ArraySlice<UInt8>) throws -> CurlResponse {
        let parts = answer.split(separator: UInt8(ascii: "\u{1E}"), omittingEmptySubsequences: false)
        guard parts.count == 3, let status = Int(String(decoding: parts[1], as: UTF8.self)) else {
            throw Failure(description: "no status in \(String(decoding: answer, as: UTF8.self))")
        }
        let headers = try JSONDecoder().decode([String: [String]].self, from: Data(parts[2]))
        return CurlResponse(
            status: status,
            headers: headers.sorted { $0.key < $1.key }.flatMap { name, values in values.map { (name, $0) } },
            body: Array(parts[0]),
            certificate: nil
        )
    }
}
