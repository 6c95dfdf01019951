import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import TextCoding

/// How a path of an Ingress is to be matched, and how its requests are rewritten.
struct PathReading {
    var match: PathMatch
    var rewrite: Rewrite?
    /// The cautions about it.
    var cautions: [Caution] = []

    enum Caution: Hashable {
        /// An Exact or Prefix path that looks like a regular expression.
        case takenLiterally
        /// The rewrite target takes a group that the path does not have.
        case missingGroup(Int)
        /// A Prefix path that is read as a regular expression.
        case readAsExpression
        /// The path ends with `/*`, as other controllers have it.
        case endsWithWildcard(plain: String)
        /// Short paths make nginx match for long, and then give up.
        case backtracks(RegularExpression.Backtracking)
    }

    enum Failure: Error, Hashable {
        /// nginx cannot carry the path, or never sees it.
        case unusable(String)
        case badExpression(RegularExpressionError)
        /// nginx makes each named group a variable of every request, also one that others rely on.
        case namedGroup(String)
        /// A Prefix path that only a regular expression would make sense of.
        case expressionAsPrefix
    }

    init(_ path: Ingress.Path, _ rewriting: RewritingValues) throws(Failure) {
        let text = path.path.flatMap { $0.isEmpty ? nil : $0 } ?? "/"
        let type = path.pathType ?? .implementationSpecific
        guard text.utf8.count <= Self.longestPath else { throw .unusable("is longer than \(Self.longestPath) bytes") }
        let target = rewriting.target
        if rewriting.readsAsExpression(text, type) {
            if type == .prefix {
                guard !rewriting.validatesPathTypes else { throw .expressionAsPrefix }
                cautions.append(.readAsExpression)
            }
            let expression = try Self.expression(text)
            match = .expression(expression)
            rewrite = target.map { Rewrite(pattern: expression, target: $0.expression) }
            if let target, target.highestGroup > expression.captureCount {
                cautions.append(.missingGroup(target.highestGroup))
            }
            return
        }
        match = try Self.literal(text, isExact: type == .exact)
        // A path that is its own target is no rewrite, as in ingress-nginx.
        rewrite = target.flatMap { $0.text == text ? nil : Rewrite(pattern: nil, target: $0.expression) }
        if let plain = text.beforeWildcard {
            cautions.append(.endsWithWildcard(plain: plain))
        } else if rewriting.hasInvalidTarget {
            return
        } else if text.isHardlyLiteral
            || text.looksLikeExpression && (rewriting.usesRegularExpressions || target != nil)
        {
            cautions.append(.takenLiterally)
        } else if let target, target.highestGroup > 0 {
            cautions.append(.missingGroup(target.highestGroup))
        }
    }

    /// Fits into one argument of nginx even where each byte has to be escaped.
    private static let longestPath = 1_900

    /// Refuses characters by which people read a configuration in another order than nginx does.
    private static func checkDirection(of text: String) throws(Failure) {
        guard let scalar = text.turningScalar else { return }
        let number = String(scalar.value, radix: 16, uppercase: true)
        throw .unusable("holds the character U+\(number), which has what follows read in another order")
    }

    private static func expression(_ text: String) throws(Failure) -> RegularExpression {
        try checkDirection(of: text)
        let expression: RegularExpression
        do throws(RegularExpressionError) {
            expression = try RegularExpression(text, matchLimit: ExpressionBudget.limit(of: 1))
            _ = try expression.anchored()
        } catch {
            throw .badExpression(error)
        }
        if let name = expression.groupNames.first { throw .namedGroup(name) }
        return expression
    }

    private static func literal(_ text: String, isExact: Bool) throws(Failure) -> PathMatch {
        guard text.utf8.first == UInt8(ascii: "/") else { throw .unusable("is not absolute") }
        guard var decoded = text.decodedPath else { throw .unusable("holds escapes that are no UTF-8") }
        guard !decoded.isChangedByNginx else {
            throw .unusable("holds an empty, '.' or '..' segment, which nginx removes from requests")
        }
        if !isExact, decoded != "/", decoded.utf8.last == UInt8(ascii: "/") { decoded.unicodeScalars.removeLast() }
        try checkDirection(of: decoded)
        guard let path = LocationPath(decoded) else { throw .unusable("holds a control character") }
        guard decoded.fitsIntoExpression else { throw .unusable("holds too many characters that need an escape") }
        return isExact ? .exact(path) : .prefix(path)
    }
}

extension RewritingValues {
    /// Whether a path is a regular expression.
    ///
    /// An ImplementationSpecific one is by `use-regex`, and where a rewrite needs its groups; ingress-nginx takes every
    /// path with a rewrite for one, which only matters where it holds a character of expressions. A Prefix path is where
    /// it holds one that no plain path has.
    fileprivate func readsAsExpression(_ path: String, _ type: Ingress.PathType) -> Bool {
        guard usesRegularExpressions || target != nil else { return false }
        switch type {
        case .exact: return false
        case .prefix: return path.isHardlyPlain
        case .implementationSpecific:
            return usesRegularExpressions || target.map { $0.highestGroup > 0 } ?? false
                || path.looksLikeExpression
        }
    }

    /// Whether ingress-nginx would take every path of the host for a regular expression.
    func makesHostRegular(_ path: Ingress.Path) -> Bool {
        usesRegularExpressions || target.map { $0.text != path.path ?? "/" } ?? false
    }
}

extension String {
    /// The first character that sets the direction of the text around it; `nil` where there is none.
    var turningScalar: Unicode.Scalar? {
        guard utf8.contains(0xE2) else { return nil }
        return unicodeScalars.first { scalar in
            switch scalar.value {
            case 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: true
            default: false
            }
        }
    }

    fileprivate var looksLikeExpression: Bool {
        utf8.contains { "()[]{}^$*+?|\\".utf8.contains($0) }
    }

    /// Whether the text holds a character that no path has which people write.
    fileprivate var isHardlyPlain: Bool { utf8.contains { "(|*?[]$^\\".utf8.contains($0) } }

    /// The path in front of a final `/*`, where nothing else of it looks like an expression.
    fileprivate var beforeWildcard: String? {
        guard hasSuffix("/*") else { return nil }
        let plain = String(dropLast(2))
        return plain.looksLikeExpression ? nil : plain.isEmpty ? "/" : plain
    }

    /// Whether the text holds what is no part of a path that people write, but of many expressions.
    fileprivate var isHardlyLiteral: Bool {
        utf8.contains { "()[]^*|\\".utf8.contains($0) }
    }

    /// The text with each `%XX` replaced; `nil` where that gives no UTF-8.
    ///
    /// A text with a `%` that starts no escape is no encoded one, and is taken as it is: `/100%/off`.
    fileprivate var decodedPath: String? {
        guard utf8.contains(UInt8(ascii: "%")), let bytes = utf8.percentDecoded else { return self }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Whether nginx can carry an expression for just this text: a long path is served by one.
    fileprivate var fitsIntoExpression: Bool {
        // A backslash takes the most, four bytes.
        utf8.count <= 900 || (try? RegularExpression("^\(RegularExpression.escaping(self))(?:/|\\z)")) != nil
    }

    /// Whether no request's path can equal the text once nginx has tidied it.
    fileprivate var isChangedByNginx: Bool {
        let segments = utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst()
        return segments.dropLast().contains(where: \.isEmpty)
            || segments.contains { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }
    }
}
