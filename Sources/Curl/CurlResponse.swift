/// The head of a response.
package struct CurlResponse: Sendable, Hashable {
    package let status: Int
    private let lines: [Substring]

    init(status: Int, bytes: [UInt8]) {
        self.status = status
        lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
            .prefix { !$0.isEmpty }
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
