/// The status and the headers of an answer, as curl writes them to a file.
package struct CurlResponseHead {
    package var status: Int
    package var headers: [(name: String, value: String)] = []

    /// Takes the last head: the ones before it are interim answers such as `100 Continue`.
    package init(_ text: String) throws {
        let blocks = text.split(separator: "\r\n\r\n")
        let lines = (blocks.last ?? "").split(separator: "\r\n")
        guard let words = lines.first?.split(separator: " "), words.count > 1, let status = Int(words[1]) else {
            throw CurlClient.Failure(description: "an answer without a status line: \(text)")
        }
        self.status = status
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            headers.append((String(parts[0]), String(parts[1].drop { $0 == " " })))
        }
    }
}
