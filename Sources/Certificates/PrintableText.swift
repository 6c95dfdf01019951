extension String {
    /// The text itself, or its beginning and `…`.
    func bounded(to limit: Int) -> String {
        utf8.count > limit && count > limit ? prefix(limit - 1) + "…" : self
    }
}

extension UInt8 {
    var lowercasedASCII: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
