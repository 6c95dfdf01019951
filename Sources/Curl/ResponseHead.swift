/// The status line and the headers of a response, as they came.
///
/// Hundreds of answers are read for each change, so that they are read byte by byte, and no more than is asked for.
package struct ResponseHead: Sendable, Hashable {
    private let lines: ArraySlice<UInt8>

    /// Returns `nil` as long as the head is not whole.
    package init?(_ response: [UInt8]) {
        var end = response.startIndex
        while let lineEnd = response[end...].firstIndex(of: UInt8(ascii: "\n")) {
            let isEmpty = lineEnd == end || lineEnd == end + 1 && response[end] == UInt8(ascii: "\r")
            end = lineEnd + 1
            guard isEmpty else { continue }
            lines = response[..<end]
            return
        }
        return nil
    }

    /// Where in the response the body begins.
    package var end: Int { lines.endIndex }

    /// 0 where the first line is no status line.
    package var status: Int {
        let words = lines.prefix { $0 != UInt8(ascii: "\r") }.split(separator: UInt8(ascii: " "), maxSplits: 2)
        return words.count > 1 ? Int(String(decoding: words[1], as: UTF8.self)) ?? 0 : 0
    }

    /// The value of the first header of a name, which is in lower case.
    package func header(_ name: String) -> String? {
        for line in lines.split(separator: UInt8(ascii: "\n")).dropFirst() {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
                line[..<colon].elementsEqual(name.utf8, by: { $0 | 0x20 == $1 })
            else { continue }
            let value = line[(colon + 1)...].drop { $0 == UInt8(ascii: " ") }
            return String(decoding: value.last == UInt8(ascii: "\r") ? value.dropLast() : value, as: UTF8.self)
        }
        return nil
    }
}
