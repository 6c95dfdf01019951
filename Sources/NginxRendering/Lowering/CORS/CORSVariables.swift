import Crypto
import NginxSyntax
import ProxyConfiguration

/// The variables that tell of a request whether its origin is on a list, and what follows from that.
///
/// Policies with the same list share them; what a header says where an origin is allowed is shared by policies that say
/// the same for the same list.
struct CORSVariables: Sendable {
    private let list: OriginList
    private let hash: UInt64
    /// Holds the request's origin where it is allowed.
    private let origin: VariableName
    /// Is set for requests that nginx answers.
    let preflight: VariableName
    let allowOrigin: VariableName

    init(_ list: OriginList) {
        self.list = list
        hash = Self.hash(list.patterns.map(\.text).joined(separator: " "))
        origin = VariableName(known: "cors", hashes: hash, suffix: "origin")
        preflight = VariableName(known: "cors", hashes: hash, suffix: "preflight")
        allowOrigin = VariableName(known: "cors", hashes: hash, suffix: CORSHeader.allowOrigin.suffix)
    }

    var declarations: [SharedDeclaration] {
        let request = Expression(known: [.variable(.requestMethod), .literal(" "), .variable(origin)])
        let isPreflight = MapKey.expression(RegularExpression(known: "^OPTIONS ."), ignoresCase: false)
        return [
            declaration(
                of: origin,
                MapContext(Expression(.origin), [(.fallback, .empty)] + list.entries),
                comment: CommentText(
                    known: "Origins whose pages may send requests; for others, what backends say counts."
                )
            ),
            declaration(
                of: preflight,
                MapContext(request, [(.fallback, .empty), (isPreflight, Expression(known: "1"))])
            ),
            declaration(of: allowOrigin, ifAllowed: Expression(origin), .allowOrigin),
        ]
    }

    /// The variable with a header's value.
    func declaration(of header: CORSHeader, _ value: String) -> SharedDeclaration {
        let variable = VariableName(known: "cors", hashes: hash, Self.hash(value), suffix: header.suffix)
        return declaration(of: variable, ifAllowed: Expression(literal: value) ?? .empty, header)
    }

    /// Keeps what a backend says of origins that are not allowed.
    private func declaration(
        of variable: VariableName,
        ifAllowed value: Expression,
        _ header: CORSHeader
    ) -> SharedDeclaration {
        let entries: [(MapKey, Expression)] = [
            (.fallback, value), (.literal(Text(known: "")), header.saidByBackend),
        ]
        return declaration(of: variable, MapContext(Expression(origin), entries))
    }

    private func declaration(
        of variable: VariableName,
        _ map: MapContext,
        comment: CommentText? = nil
    ) -> SharedDeclaration {
        SharedDeclaration(.map(map), of: .cors, as: variable, comment: comment)
    }

    /// So strong that nobody can write a text that is named as another's.
    private static func hash(_ text: String) -> UInt64 {
        SHA256.hash(data: Array(text.utf8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension OriginList {
    /// Each allowed origin, with what is said of it: itself, as browsers write it.
    fileprivate var entries: [(MapKey, Expression)] { patterns.compactMap(\.entry) }
}

extension OriginPattern {
    fileprivate var entry: (MapKey, Expression)? {
        guard case .origin(let scheme, .oneLabel(let parent), let port) = self else {
            guard let key = Text(text), let value = Expression(literal: text) else { return nil }
            return (.literal(key), value)
        }
        let (start, end) = ("\(scheme.value)://", ".\(parent.value)" + (port.map { ":\($0)" } ?? ""))
        let pattern = "^\(RegularExpression.escaping(start))[a-z0-9-]+\(RegularExpression.escaping(end))$"
        guard let expression = try? RegularExpression(pattern) else { return nil }
        return (.expression(expression, ignoresCase: true), Expression(.origin))
    }
}

extension VariableName {
    /// The origin that a request names.
    fileprivate static let origin = VariableName(known: "http_origin")
}
