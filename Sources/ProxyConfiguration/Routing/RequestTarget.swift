import TextCoding

/// A request target as nginx understands it: a decoded, tidied path and a query.
struct RequestTarget: Sendable, Hashable {
    /// Decoded, without `.` and `..` segments or empty ones.
    var path: [UInt8]
    /// The text behind the first `?`, as sent; `nil` where there is none.
    var query: String?
    /// Whether the path as sent holds an escape, or a `+`, which some read as one.
    var isEncoded: Bool

    /// Reads a target by the rules of `ngx_http_parse_complex_uri`, with `merge_slashes on`.
    ///
    /// Returns `nil` where nginx answers 400: no leading slash, a broken escape, a control character,
    /// or more `..` than there are segments.
    init?(_ target: String) {
        let bytes = Array(target.utf8)
        guard bytes.first == UInt8(ascii: "/") else { return nil }
        guard !bytes.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { return nil }
        let visible = bytes.prefix { $0 != UInt8(ascii: "#") }
        let rawPath = visible.prefix { $0 != UInt8(ascii: "?") }
        if rawPath.count < visible.count {
            query = String(decoding: visible.dropFirst(rawPath.count + 1), as: UTF8.self)
        }
        isEncoded = rawPath.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }
        // An escaped slash separates segments like a plain one, as in nginx.
        guard let decoded = rawPath.percentDecoded, !decoded.contains(0), let path = Self.tidy(decoded) else {
            return nil
        }
        self.path = path
    }

    private static func tidy(_ path: [UInt8]) -> [UInt8]? {
        var segments: [ArraySlice<UInt8>] = []
        var endsWithSlash = false
        for segment in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
            endsWithSlash = true
            if segment.isEmpty || segment.elementsEqual(".".utf8) { continue }
            if segment.elementsEqual("..".utf8) {
                guard segments.popLast() != nil else { return nil }
                continue
            }
            segments.append(segment)
            endsWithSlash = false
        }
        var result: [UInt8] = []
        for segment in segments {
            result.append(UInt8(ascii: "/"))
            result.append(contentsOf: segment)
        }
        if endsWithSlash || segments.isEmpty { result.append(UInt8(ascii: "/")) }
        return result
    }
}
