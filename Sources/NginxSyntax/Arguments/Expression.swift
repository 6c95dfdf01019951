/// Literal text and variables, for places that nginx evaluates: `https://$host/login`.
///
/// nginx has no escape for `$`, so a literal one prints as ``dollarVariable``, which a configuration that
/// holds expressions must declare: `geo $dollar { default "$"; }` in `http`.
package struct Expression: DirectiveArgument {
    package enum Part: Sendable, Hashable {
        case literal(String)
        case variable(VariableName)
    }

    package static var kind: ArgumentKind { .expression }

    /// The variable that holds a dollar sign.
    package static var dollarVariable: VariableName { .dollar }

    /// Without empty literals or neighbouring ones.
    package let parts: [Part]
    private let form: ArgumentForm

    /// Returns `nil` for control characters, and for parts that print to more than 4,000 bytes.
    package init?(parts: [Part]) {
        let parts = Self.joined(parts)
        guard let form = ArgumentForm(Self.source(of: parts)) else { return nil }
        self.parts = parts
        self.form = form
    }

    /// An expression without variables, whatever `literal` holds; `nil` as for `init(parts:)`.
    package init?(literal: String) {
        self.init(parts: [.literal(literal)])
    }

    /// The value of a variable.
    package init(_ variable: VariableName) {
        parts = [.variable(variable)]
        form = ArgumentForm(of: variable)
    }

    /// A text of our own without variables.
    ///
    /// - Precondition: nginx can carry it.
    package init(known literal: StaticString) {
        guard let text = Expression(literal: "\(literal)") else {
            preconditionFailure("nginx cannot carry '\(literal)'")
        }
        self = text
    }

    /// Text and variables of our own.
    ///
    /// - Precondition: nginx can carry them.
    package init(known parts: [Part]) {
        guard let expression = Expression(parts: parts) else { preconditionFailure("nginx cannot carry \(parts)") }
        self = expression
    }

    /// Nothing.
    package static let empty = Expression()

    private init() {
        parts = []
        form = ArgumentForm(of: nil)
    }

    /// Whether it needs ``dollarVariable`` declared.
    package var usesDollarVariable: Bool {
        parts.contains { part in
            switch part {
            case .literal(let text): text.utf8.contains(UInt8(ascii: "$"))
            case .variable(let name): name == .dollar
            }
        }
    }

    /// The same with another variable in place of one, whose name is no longer.
    package func replacing(_ variable: VariableName, by other: VariableName) -> Expression {
        guard parts.contains(.variable(variable)) else { return self }
        return Expression(parts: parts.map { $0 == .variable(variable) ? .variable(other) : $0 }) ?? self
    }

    package func write(to output: inout [UInt8]) { form.write(to: &output) }

    /// Appends the text as it stands between double quotes.
    func writeQuoted(to output: inout [UInt8]) { form.writeEscaped(to: &output) }
}

extension Expression: CustomStringConvertible {
    package var description: String { form.description }
}

extension Expression {
    private static func joined(_ parts: [Part]) -> [Part] {
        var joined: [Part] = []
        for part in parts {
            switch (joined.last, part) {
            case (_, .literal("")): continue
            case (.literal(let before), .literal(let text)): joined[joined.count - 1] = .literal(before + text)
            default: joined.append(part)
            }
        }
        return joined
    }

    /// The text that nginx evaluates, before quoting.
    private static func source(of parts: [Part]) -> String {
        var source = ""
        for (index, part) in parts.enumerated() {
            switch part {
            case .literal(let text): appendLiteral(text, to: &source)
            case .variable(let name):
                let isBraced = !name.isCapture && continuesName(parts, after: index)
                source += isBraced ? "${\(name.value)}" : "$\(name.value)"
            }
        }
        return source
    }

    private static func appendLiteral(_ text: String, to source: inout String) {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return source += text }
        for scalar in text.unicodeScalars {
            if scalar == "$" {
                source += "${\(VariableName.dollar.value)}"
            } else {
                source.unicodeScalars.append(scalar)
            }
        }
    }

    private static func continuesName(_ parts: [Part], after index: Int) -> Bool {
        guard index + 1 < parts.count, case .literal(let next) = parts[index + 1] else { return false }
        return next.utf8.first.map(VariableName.isNameByte) ?? false
    }
}
