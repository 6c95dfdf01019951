/// A response.
package struct CurlResponse: Sendable, Hashable {
    package let status: Int
    package let body: String
    /// The certificate that the server presented, in PEM; `nil` where no handshake came before the request.
    package let certificate: String?
    private let lines: [Substring]

    init(status: Int, bytes: [UInt8], certificate: String? = nil) {
        self.status = status
        self.certificate = certificate
        let text = String(decoding: bytes, as: UTF8.self)
        let end = text.firstRange(of: "\r\n\r\n")
        lines = text[..<(end?.lowerBound ?? text.endIndex)].split(
            separator: "\r\n",
            omittingEmptySubsequences: false
        )
        body = end.map { String(text[$0.upperBound...]) } ?? ""
    }

    /// The value of the first header of a name, which is in lower case.
    package func header(_ name: String) -> String? {
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name else { continue }
            return String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        return nil
    }
}
