/// A number of bytes: `100`, `8k`, `1m`.
package struct ByteSize: DirectiveArgument, Comparable, CustomStringConvertible {
    package static var kind: ArgumentKind { .size }

    package let bytes: Int

    package static let zero = ByteSize(known: 0)

    /// - Precondition: The size is not negative.
    package init(known bytes: Int) {
        precondition(bytes >= 0, "a size of \(bytes)")
        self.bytes = bytes
    }

    /// Returns `nil` for a negative size.
    package init?(bytes: Int) {
        guard bytes >= 0 else { return nil }
        self.bytes = bytes
    }

    /// Reads a size as nginx writes it: digits, then `k`, `m`, `g` in either case or nothing.
    package init?(_ text: String) {
        let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let units = ["": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
        guard let count = Int(String(Substring(digits))), let unit = units[text.dropFirst(digits.count).lowercased()]
        else { return nil }
        let (bytes, overflows) = count.multipliedReportingOverflow(by: unit)
        guard !overflows else { return nil }
        self.bytes = bytes
    }

    /// In the largest unit that divides it; no `g`, which only a few directives read.
    package var description: String {
        switch bytes {
        case 0: "0"
        case _ where bytes.isMultiple(of: 1 << 20): "\(bytes >> 20)m"
        case _ where bytes.isMultiple(of: 1 << 10): "\(bytes >> 10)k"
        default: "\(bytes)"
        }
    }

    package func write(to output: inout [UInt8]) { output.append(contentsOf: description.utf8) }

    package static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }
}
