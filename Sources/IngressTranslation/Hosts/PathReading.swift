import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// How a path of an Ingress is to be matched, and how its requests are rewritten.
struct PathReading {
    var match: PathMatch
    var rewrite: Rewrite?
    /// What is worth saying about it.
    var remarks: [Remark] = []

    enum Remark: Hashable {
        /// An Exact or Prefix path that looks like a regular expression.
        case takenLiterally
        /// The rewrite target takes a group that the path does not have.
        case missingGroup(Int)
    }

    enum Failure: Error, Hashable {
        /// nginx cannot carry the path, or never sees it.
        case unusable(String)
        case badExpression(RegularExpressionError)
    }

    init(_ path: Ingress.Path, _ options: IngressOptions) throws(Failure) {
        let text = path.path.flatMap { $0.isEmpty ? nil : $0 } ?? "/"
        let type = path.pathType ?? .implementationSpecific
        guard text.utf8.count <= Self.longestPath else { throw .unusable("is longer than \(Self.longestPath) bytes") }
        let target = options.rewriteTarget
        if type == .implementationSpecific, options.readsAsExpression(text) {
            let expression = try Self.expression(text)
            match = .expression(expression)
            rewrite = target.map { Rewrite(pattern: expression, target: $0.expression) }
            if let target, target.highestGroup > expression.captureCount {
                remarks.append(.missingGroup(target.highestGroup))
            }
            return
        }
        match = try Self.literal(text, isExact: type == .exact)
        // A path that is its own target is no rewrite, as in ingress-nginx.
        rewrite = target.flatMap { $0.text == text ? nil : Rewrite(pattern: nil, target: $0.expression) }
        if type != .implementationSpecific, options.usesRegularExpressions || target != nil, text.looksLikeExpression {
            remarks.append(.takenLiterally)
        } else if let target, target.highestGroup > 0 {
            remarks.append(.missingGroup(target.highestGroup))
        }
    }

    /// Fits into one argument of nginx even where each byte has to be escaped.
    private static let longestPath = 1_900

    private static func expression(_ text: String) throws(Failure) -> RegularExpression {
        do throws(RegularExpressionError) {
            return try RegularExpression(text)
        } catch {
            throw .badExpression(error)
        }
    }

    private static func literal(_ text: String, isExact: Bool) throws(Failure) -> PathMatch {
        guard text.hasPrefix("/") else { throw .unusable("is not absolute") }
        guard var decoded = text.percentDecoded else { throw .unusable("holds escapes that are no UTF-8") }
        guard !decoded.isChangedByNginx else {
            throw .unusable("holds an empty, '.' or '..' segment, which nginx removes from requests")
        }
        if !isExact, decoded != "/", decoded.hasSuffix("/") { decoded.removeLast() }
        guard let path = LocationPath(decoded) else { throw .unusable("holds a control character") }
        return isExact ? .exact(path) : .prefix(path)
    }
}

extension IngressOptions {
    /// Whether an ImplementationSpecific path is a regular expression.
    ///
    /// It is one by `use-regex`, and where a rewrite needs its groups; ingress-nginx takes every path with a
    /// rewrite for one, which only matters where it holds a character of expressions.
    fileprivate func readsAsExpression(_ path: String) -> Bool {
        guard !usesRegularExpressions else { return true }
        guard let rewriteTarget else { return false }
        return rewriteTarget.highestGroup > 0 || path.looksLikeExpression
    }

    /// Whether ingress-nginx would take every path of the host for a regular expression.
    func makesHostRegular(_ path: Ingress.Path) -> Bool {
        usesRegularExpressions || rewriteTarget.map { $0.text != path.path ?? "/" } ?? false
    }
}

extension String {
    fileprivate var looksLikeExpression: Bool {
        utf8.contains { "()[]{}^$*+?|\\".utf8.contains($0) }
    }

    /// The text with each `%XX` replaced; `nil` where that gives no UTF-8.
    ///
    /// A text with a `%` that starts no escape is no encoded one, and is taken as it is: `/100%/off`.
    fileprivate var percentDecoded: String? {
        guard utf8.contains(UInt8(ascii: "%")) else { return self }
        var bytes: [UInt8] = []
        var rest = Substring(self).utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            // A sign would be taken for part of a number.
            let digits = Substring(rest.prefix(2))
            guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit), let value = UInt8(digits, radix: 16) else {
                return self
            }
            bytes.append(value)
            rest.removeFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Whether no request's path can equal the text once nginx has tidied it.
    fileprivate var isChangedByNginx: Bool {
        utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropLast().contains {
            $0.isEmpty || $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8)
        } || hasSuffix("/.") || hasSuffix("/..")
    }
}
