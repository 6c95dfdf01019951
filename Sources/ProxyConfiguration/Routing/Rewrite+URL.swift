import NginxSyntax
import TextCoding

extension Rewrite {
    /// The URL that nginx sends a request to whose target begins with a scheme, with the request's query.
    func outcome(redirecting target: RequestTarget) -> RoutingDecision.Outcome {
        switch change(of: target.path, writing: { target.isEncoded ? Self.encode($0) : Array($0) }) {
        case .to(let url): .redirected(.found, to: String(decoding: Self.decode(url), as: UTF8.self) + target.suffix)
        case .none: .answered(.notFound)
        case .givenUp: .answered(.internalServerError)
        }
    }

    /// Escapes a group as nginx does in redirects, where the request's own path holds an escape or a `+`
    /// (`NGX_ESCAPE_ARGS`, since nginx 1.21.1).
    private static func encode(_ group: ArraySlice<UInt8>) -> [UInt8] {
        let escaped = Set("\"#%&+;<>?\\^`{|}".utf8)
        return group.percentEncoded { $0 <= 0x20 || $0 >= 0x7F || escaped.contains($0) }
    }

    /// Takes back what need not be escaped, up to the first `?`, which no longer is one then (`NGX_UNESCAPE_REDIRECT`).
    private static func decode(_ url: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = url[...]
        while let byte = rest.popFirst() {
            guard byte != UInt8(ascii: "?") else { return result + [byte] + rest }
            guard byte == UInt8(ascii: "%"), rest.count >= 2,
                let decoded = ([byte] + rest.prefix(2)).percentDecoded?.first
            else {
                result.append(byte)
                continue
            }
            let escape = [byte] + rest.prefix(2)
            rest = rest.dropFirst(2)
            if decoded == UInt8(ascii: "?") { return result + [decoded] + rest }
            let isPlain = decoded > UInt8(ascii: "%") && decoded < 0x7F
            result += isPlain ? [decoded] : escape
        }
        return result
    }
}
