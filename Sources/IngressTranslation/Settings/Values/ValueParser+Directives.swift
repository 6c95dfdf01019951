import NginxSyntax

extension ValueParser<TimeSpan> {
    /// Whole seconds, not below zero.
    static let timeout = ValueParser(type: "seconds", examples: ["10", "3600"]) { text throws(ValueError) in
        guard let time = TimeSpan(seconds: try ValueParser<Int>.seconds.parse(text)) else {
            throw ValueError(reason: "is no number of seconds")
        }
        return time
    }
}

extension ValueParser<ByteSize> {
    /// Digits, and `k`, `m` or `g` in either case.
    static let size = ValueParser(type: "size", examples: ["16k", "8m"]) { text throws(ValueError) in
        guard let size = ByteSize(text) else { throw ValueError(reason: "is no size such as 8k or 1m") }
        return size
    }
}

extension ValueParser<Number> {
    /// A whole number, not below zero.
    static let count = ValueParser(type: "number", examples: ["0", "5"]) { text throws(ValueError) in
        let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isNumber, let number = Int(text), number <= 1 << 31 else {
            throw ValueError(reason: "is no whole number")
        }
        return Number(number)
    }
}

extension ValueParser<Flag> {
    /// nginx's own words.
    static let onOrOff = ValueParser(type: "on or off", examples: ["on", "off"]) { text throws(ValueError) in
        switch text {
        case "on": return true
        case "off": return false
        default: throw ValueError(reason: "is neither on nor off")
        }
    }
}

extension ValueParser<Identifier> {
    static let httpVersion = ValueParser(type: "1.0 or 1.1", examples: ["1.0", "1.1"]) { text throws(ValueError) in
        guard ["1.0", "1.1"].contains(text), let version = Identifier(text) else {
            throw ValueError(reason: "is neither 1.0 nor 1.1")
        }
        return version
    }
}

extension ValueParser<[Identifier]> {
    /// The conditions of [proxy_next_upstream](https://nginx.org/en/docs/http/ngx_http_proxy_module.html).
    static let upstreamFailures = ValueParser(
        type: "list of failures",
        examples: ["error timeout http_502", "off"],
        write: { $0.map(\.value).joined(separator: " ") }
    ) { text throws(ValueError) in
        let allowed: Set = [
            "error", "timeout", "invalid_header", "http_500", "http_502", "http_503", "http_504", "http_403",
            "http_404",
            "http_429", "non_idempotent", "off",
        ]
        let words = text.split(separator: " ").map(String.init)
        if let wrong = words.first(where: { !allowed.contains($0) }) {
            throw ValueError(reason: "names '\(wrong)', which is no failure that nginx knows")
        }
        guard !words.isEmpty else { throw ValueError(reason: "names no failure") }
        // nginx warns of a word that it finds twice.
        let distinct = words.indices.filter { words.firstIndex(of: words[$0]) == $0 }.map { words[$0] }
        return distinct.compactMap(Identifier.init)
    }
}
