/// A response.
package struct CurlResponse: Sendable, Hashable {
    package let status: Int
    package let body: String
    /// The certificate that the server presented, in PEM; `nil` where no handshake came before the request.
    package let certificate: String?
    /// The status line and the headers, as they came: hundreds of answers are read for each change, byte by byte.
    private let head: ArraySlice<UInt8>

    /// - Parameter bytes: The response as it came, its head first.
    package init(status: Int, bytes: [UInt8], certificate: String? = nil) {
        self.status = status
        self.certificate = certificate
        let end = bytes.indices.first { bytes[$0] == UInt8(ascii: "\r") && bytes[$0...].starts(with: "\r\n\r\n".utf8) }
        head = bytes[..<(end ?? bytes.endIndex)]
        body = end.map { String(decoding: bytes[($0 + 4)...], as: UTF8.self) } ?? ""
    }

    /// The value of the first header of a name, which is in lower case.
    package func header(_ name: String) -> String? {
        for line in head.split(separator: UInt8(ascii: "\n")).dropFirst() {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
                line[..<colon].elementsEqual(name.utf8, by: { $0 | 0x20 == $1 })
            else { continue }
            let value = line[(colon + 1)...].drop { $0 == UInt8(ascii: " ") }
            return String(decoding: value.last == UInt8(ascii: "\r") ? value.dropLast() : value, as: UTF8.self)
        }
        return nil
    }
}
