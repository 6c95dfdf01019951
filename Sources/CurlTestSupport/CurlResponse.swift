package import EchoBackend
import Foundation

/// The response to a request.
package struct CurlResponse: Sendable {
    package let status: Int
    /// In the order in which they came.
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]
    /// The certificate that the server showed; `nil` without TLS.
    package let certificate: ServedCertificate?

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The value of the first header of that name, in whatever case it is written.
    package func header(_ name: String) -> String? { headers(name).first }

    /// The values of all headers of that name, in whatever case it is written.
    package func headers(_ name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    /// The request as the backend saw it; `nil` if the answer is not an echo backend's.
    package var echo: EchoedRequest? { try? JSONDecoder().decode(EchoedRequest.self, from: Data(body)) }
}
