import Diagnostics
import NginxSyntax
import ProxyConfiguration

extension ValueParser<Int> {
    /// Reads the texts that Go's `strconv.Atoi` takes, as ingress-nginx does: digits with a sign or without one.
    static let integer = ValueParser(type: "number", examples: ["10", "200"]) { text throws(ValueError) in
        let digits = text.hasPrefix("+") || text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = Int(text), abs(number) <= 1 << 31
        else { throw ValueError(reason: "is no whole number") }
        return number
    }
}

extension ValueParser<HeaderName> {
    static let headerName = ValueParser(type: "header", examples: ["X-Canary", "x-version"]) {
        text throws(ValueError) in
        guard let name = HeaderName(text) else { throw ValueError(reason: "is no name of a header that nginx takes") }
        return name
    }
}

extension ValueParser<CookieName> {
    static let cookieName = ValueParser(type: "cookie", examples: ["canary", "ab_test"], write: \.value) {
        text throws(ValueError) in
        guard let name = CookieName(text) else {
            throw ValueError(reason: "is no name of a cookie: letters, digits and -._~/: only")
        }
        return name
    }
}

extension ValueParser<Text> {
    /// The characters that ingress-nginx allows in most values: letters, digits and `- . _ ~ / :`.
    static let basicText = ValueParser(type: "text", examples: ["v2", "beta"], write: \.value) {
        text throws(ValueError) in
        if let character = text.first(where: { !($0.asciiValue?.isPathCharacter ?? false) }) {
            throw ValueError(reason: "holds '\("\(character)".excerpt)'; letters, digits and -._~/: are allowed")
        }
        // Room for the expression that compares it.
        guard text.utf8.count <= 1_000, let value = Text(text) else { throw ValueError(reason: "is too long") }
        return value
    }
}

extension ValueParser<CanaryValues.HeaderPattern> {
    /// A regular expression of the characters that ingress-nginx allows, which holds no named group.
    static let headerPattern = ValueParser(
        type: "regular expression",
        examples: ["^v2", "beta|next"],
        write: { if case .expression(let expression) = $0 { expression.pattern } else { "none" } }
    ) { text throws(ValueError) in
        let allowed = Set("^$[](){}*+?|&=\\".utf8)
        if let character = text.first(where: {
            !($0.asciiValue.map { $0.isPathCharacter || allowed.contains($0) } ?? false)
        }) {
            throw ValueError(reason: "holds '\("\(character)".excerpt)', which is not allowed in it")
        }
        return .expression(try RegularExpression(ofSetting: text))
    }
}

extension RegularExpression {
    /// A pattern of a setting, whose matching is limited, and which declares no variables.
    init(ofSetting text: String) throws(ValueError) {
        let expression: RegularExpression
        do throws(RegularExpressionError) {
            expression = try RegularExpression(text, matchLimit: ExpressionBudget.limit(of: 1))
        } catch {
            throw ValueError(reason: "is no regular expression: \(error.message) at offset \(error.offset)")
        }
        if let name = expression.groupNames.first {
            throw ValueError(reason: "names a group, '\(name.excerpt)', which would be a variable of every request")
        }
        self = expression
    }
}
