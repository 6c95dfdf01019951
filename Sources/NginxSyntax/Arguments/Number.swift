/// A whole number.
package struct Number: DirectiveArgument, Comparable, CustomStringConvertible {
    package static var kind: ArgumentKind { .number }

    package let value: Int

    package init(_ value: Int) { self.value = value }

    package var description: String { "\(value)" }

    package func write(to output: inout [UInt8]) { output.append(contentsOf: description.utf8) }

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

/// The status of a response, 100 to 599.
package struct StatusCode: DirectiveArgument, Comparable, CustomStringConvertible {
    package static var kind: ArgumentKind { .statusCode }

    package let value: Int

    /// Returns `nil` outside of 100 to 599.
    package init?(_ value: Int) {
        guard (100...599).contains(value) else { return nil }
        self.value = value
    }

    package var description: String { "\(value)" }

    package func write(to output: inout [UInt8]) { output.append(contentsOf: description.utf8) }

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

extension StatusCode {
    package static let ok = StatusCode(known: 200)
    package static let noContent = StatusCode(known: 204)
    package static let movedPermanently = StatusCode(known: 301)
    package static let found = StatusCode(known: 302)
    package static let seeOther = StatusCode(known: 303)
    package static let temporaryRedirect = StatusCode(known: 307)
    package static let permanentRedirect = StatusCode(known: 308)
    package static let badRequest = StatusCode(known: 400)
    package static let unauthorized = StatusCode(known: 401)
    package static let forbidden = StatusCode(known: 403)
    package static let notFound = StatusCode(known: 404)
    package static let methodNotAllowed = StatusCode(known: 405)
    package static let internalServerError = StatusCode(known: 500)
    package static let serviceUnavailable = StatusCode(known: 503)

    private init(known value: Int) { self.value = value }
}
