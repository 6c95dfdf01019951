package import NginxSyntax

/// Response headers beside, or in place of, those of backends.
///
/// nginx drops all that a block inherits as soon as it adds or hides one header, so that these are one value, printed
/// whole wherever a block differs.
package struct ResponseHeaders: Sendable, Hashable {
    /// Headers of backends that clients do not see.
    package private(set) var hidden: [HeaderName]
    package private(set) var added: [ResponseHeader]

    package init(hidden: [HeaderName] = [], added: [ResponseHeader] = []) {
        self.hidden = []
        self.added = []
        add(hidden: hidden, added: added)
    }

    /// Adds what another block says beside: a header that both add is the other's, unless responses may repeat it.
    package func with(_ others: ResponseHeaders) -> ResponseHeaders {
        var result = self
        result.added.removeAll { header in
            !header.isRepeatable && others.added.contains { $0.name.isSame(as: header.name) }
        }
        result.add(hidden: others.hidden, added: others.added)
        return result
    }

    private mutating func add(hidden: [HeaderName], added: [ResponseHeader]) {
        for name in hidden where !self.hidden.contains(where: name.isSame) { self.hidden.append(name) }
        for header in added where !self.added.contains(header) { self.added.append(header) }
    }
}

/// A header that nginx adds to responses.
package struct ResponseHeader: Sendable, Hashable {
    package var name: HeaderName
    /// nginx sends no header whose value is empty.
    package var value: Expression
    /// Whether responses of every status carry it, and not only good ones and redirects.
    package var isAlways: Bool

    package init(_ name: HeaderName, _ value: Expression, isAlways: Bool = true) {
        self.name = name
        self.value = value
        self.isAlways = isAlways
    }

    /// Whether several of one name say more than the last of them.
    fileprivate var isRepeatable: Bool { ["set-cookie", "vary"].contains(name.lowercased) }
}
