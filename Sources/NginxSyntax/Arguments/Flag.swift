/// `on` or `off`.
package struct Flag: DirectiveArgument, CustomStringConvertible, ExpressibleByBooleanLiteral {
    package static var kind: ArgumentKind { .flag }

    package let isOn: Bool

    package init(_ isOn: Bool) { self.isOn = isOn }

    package init(booleanLiteral isOn: Bool) { self.isOn = isOn }

    package var description: String { isOn ? "on" : "off" }

    package func write(to output: inout [UInt8]) { output.append(isOn ? "on" : "off") }
}
