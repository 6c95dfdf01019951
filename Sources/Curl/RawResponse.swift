/// A response.
package struct RawResponse: Sendable, Hashable {
    package let status: Int
    package let body: String
    /// The certificate that the server presented, in PEM; `nil` where no handshake came before the request.
    package let certificate: String?
    private let head: ResponseHead?

    /// - Parameter bytes: The response as it came, its head first.
    package init(status: Int, bytes: [UInt8], certificate: String? = nil) {
        self.status = status
        self.certificate = certificate
        head = ResponseHead(bytes)
        body = head.map { String(decoding: bytes[$0.end...], as: UTF8.self) } ?? ""
    }

    /// The value of the first header of a name, which is in lower case.
    package func header(_ name: String) -> String? { head?.header(name) }
}
