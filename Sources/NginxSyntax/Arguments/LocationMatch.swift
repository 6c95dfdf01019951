/// The part of a `location` between its name and its brace.
package enum LocationMatch: DirectiveArgument {
    /// `= /foo`.
    case exact(LocationPath)
    /// `/foo`.
    case prefix(LocationPath)
    /// `^~ /foo`: a prefix that is final, so no expression is asked after it.
    case finalPrefix(LocationPath)
    /// `~ pattern`, or `~* pattern`.
    case expression(RegularExpression, ignoresCase: Bool)
    /// `@name`, which only other directives reach.
    case named(Identifier)
    /// `= internal:name`, which only subrequests reach: each path of a request begins with a slash.
    case `internal`(Identifier)

    package static var kind: ArgumentKind { .locationMatch }

    package func write(to output: inout [UInt8]) {
        switch self {
        case .exact(let path):
            output.append("= ")
            path.text.write(to: &output)
        case .prefix(let path):
            path.text.write(to: &output)
        case .finalPrefix(let path):
            output.append("^~ ")
            path.text.write(to: &output)
        case .expression(let expression, let ignoresCase):
            output.append(ignoresCase ? "~* " : "~ ")
            expression.write(to: &output)
        case .named(let name):
            output.append("@")
            name.write(to: &output)
        case .internal(let name):
            output.append("= internal:")
            name.write(to: &output)
        }
    }
}

extension LocationMatch: CustomStringConvertible {
    package var description: String { printedForm }
}

/// A text that starts with a slash, as every path of a request does.
///
/// nginx reads a `=`, `~`, `^~` or `@` at the start of a location's name as syntax, quoted or not.
package struct LocationPath: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let text: Text

    package var value: String { text.value }

    /// Returns `nil` unless `value` starts with `/` and is a ``Text``.
    package init?(_ value: String) {
        guard value.utf8.first == UInt8(ascii: "/"), let text = Text(value) else { return nil }
        self.text = text
    }

    package var description: String { text.description }

    /// The path of everything.
    package static let root = LocationPath(known: "/")

    /// A path of our own.
    ///
    /// - Precondition: The literal is a path.
    package init(known literal: StaticString) {
        guard let path = LocationPath("\(literal)") else { preconditionFailure("'\(literal)' is no path") }
        self = path
    }

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}
