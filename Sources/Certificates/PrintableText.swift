/// The forms in which parts of certificates are printed.
extension Sequence<UInt8> {
    /// Lower-case, two digits for each byte.
    var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension String {
    /// The text itself, or its beginning and `…`.
    func bounded(to limit: Int) -> String {
        count > limit ? prefix(limit - 1) + "…" : self
    }
}

extension UInt8 {
    var lowercasedASCII: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
