package import NginxSyntax

/// Request headers for backends, in place of those that the client sends.
///
/// nginx drops all that a block inherits as soon as it sets one header, so that these are one value, printed whole.
package struct RequestHeaders: Sendable, Hashable {
    /// In the order of the file, no name twice.
    package private(set) var headers: [RequestHeader]

    package init(_ headers: [RequestHeader] = []) {
        self.headers = []
        for header in headers { set(header) }
    }

    /// Sets a header, in place of what it was set to before.
    package mutating func set(_ header: RequestHeader) {
        if let index = headers.firstIndex(where: { $0.name.isSame(as: header.name) }) {
            headers[index] = header
        } else {
            headers.append(header)
        }
    }

    /// These with others, which win where both set a header.
    package func overridden(by others: RequestHeaders) -> RequestHeaders {
        var result = self
        for header in others.headers { result.set(header) }
        return result
    }
}

/// A header as backends see it.
package struct RequestHeader: Sendable, Hashable {
    package var name: HeaderName
    /// nginx passes on no header whose value is empty.
    package var value: Expression

    package init(_ name: HeaderName, _ value: Expression) {
        self.name = name
        self.value = value
    }
}
