package import CurlTestSupport
package import Diagnostics

/// A request of a fixture's `requests.yaml`, and what must come of it.
///
/// The file is a list of such entries; `request` and `expect` are required:
///
///     - request: GET https://shop.example/foo?x=1
///       headers: {X-A: b, User-Agent: null}    # null: not sent
///       body: text
///       version: 2                             # of HTTP: 1.0, 1.1 or 2
///       serverName: other.example              # for TLS; null: none is sent
///       expect:
///         backend: shop/web:80                 # the name of the echo backend; null: none answered
///         uri: /foo?x=1                        # as the backend saw it
///         status: 200
///         headers: {X-B: c, Location: null}    # of the answer; null: absent
///         upstreamHeaders: {Host: shop.example}  # as the backend saw them; null: absent
///         certificate: shop.example            # a name in the served certificate
package struct RequestExpectation: Sendable {
    /// Where the entry stands.
    package let position: SourcePosition
    package let request: CurlRequest
    /// At least one.
    package let checks: [ResponseCheck]

    /// Sends the request and returns what is not as expected, one line for each.
    package func mismatches(with client: CurlClient) async throws -> [String] {
        let response = try await client.send(request)
        return checks.compactMap { check in
            check.mismatch(in: response).map {
                "\(position): \(request.method) \(request.authority)\(request.target): \($0)"
            }
        }
    }
}
