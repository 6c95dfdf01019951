import NginxSyntax

extension CanaryRules {
    enum Verdict: Hashable {
        case canary
        case primary
        case chance
    }

    /// Whether a request is passed to the canary.
    func verdict(on request: Request, between primary: Backend, and canary: Backend) -> Verdict {
        if let session, let value = request.cookie(session.cookie) {
            if SessionValue.isMarked(value, by: primary.sessionMark) { return .primary }
            if session.keepsAtCanary, SessionValue.isMarked(value, by: canary.sessionMark) { return .canary }
        }
        if let header, let value = request.header(header.name), let verdict = header.rule.verdict(on: value) {
            return verdict
        }
        if let cookie, let verdict = Verdict(word: request.cookie(cookie) ?? "") { return verdict }
        return switch share {
        case .none: .primary
        case .all: .canary
        default: .chance
        }
    }
}

extension CanaryRules.Header.Rule {
    /// - Parameter value: What the header holds; nothing is the same as no header.
    fileprivate func verdict(on value: String) -> CanaryRules.Verdict? {
        guard !value.isEmpty else { return nil }
        switch self {
        case .alwaysOrNever: return CanaryRules.Verdict(word: value)
        case .value(let wanted): return value.utf8.elementsEqual(wanted.value.utf8) ? .canary : nil
        // nginx takes an expression that needs too many steps for one that does not match.
        case .expression(let expression): return expression.firstMatch(in: Array(value.utf8)) != nil ? .canary : nil
        case .never: return .primary
        }
    }
}

extension CanaryRules.Verdict {
    fileprivate init?(word: String) {
        switch word {
        case "always": self = .canary
        case "never": self = .primary
        default: return nil
        }
    }
}

extension Request {
    /// The value of a header; a name with `_` stands for one with `-`, as in the variables of nginx.
    fileprivate func header(_ name: HeaderName) -> String? {
        let name = name.lowercased.replacing("_", with: "-")
        return name == "host" ? host : headers[name]
    }

    /// The value of the first cookie of a name, as nginx finds it (`ngx_http_parse_multi_header_lines`): in any case,
    /// behind a `;` or a `,`, up to the next `;`.
    fileprivate func cookie(_ name: CookieName) -> String? {
        var rest = Array((headers["cookie"] ?? "").utf8)[...]
        let name = Array(name.value.lowercased().utf8)
        while !rest.isEmpty {
            if let value = rest.valueOfCookie(name) { return String(decoding: value, as: UTF8.self) }
            guard let end = rest.firstIndex(where: { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ",") }) else {
                return nil
            }
            rest = rest[(end + 1)...].withoutSpaces
        }
        return nil
    }
}

extension ArraySlice<UInt8> {
    fileprivate var withoutSpaces: ArraySlice { drop { $0 == UInt8(ascii: " ") } }

    /// The value of a cookie that stands at the beginning.
    fileprivate func valueOfCookie(_ name: [UInt8]) -> ArraySlice? {
        guard prefix(name.count).map(Self.lowercased) == name else { return nil }
        let behind = dropFirst(name.count).withoutSpaces
        guard behind.first == UInt8(ascii: "=") else { return nil }
        return behind.dropFirst().withoutSpaces.prefix { $0 != UInt8(ascii: ";") }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
