/// One argument of `server_name`.
package enum ServerName: DirectiveArgument {
    case name(HostName)
    /// Every host name that the pattern matches; nginx asks after all plain names.
    case expression(RegularExpression)
    /// `_`, which no request asks for: the server is reached only as the default one.
    case any

    package static var kind: ArgumentKind { .serverName }

    package func write(to output: inout [UInt8]) {
        switch self {
        case .name(let name): name.write(to: &output)
        // nginx refuses a lone `~`; `^` matches as much.
        case .expression(let expression) where expression.pattern.isEmpty: output.append("~^")
        case .expression(let expression): expression.form.write(to: &output, prefix: "~")
        case .any: output.append("_")
        }
    }
}

extension ServerName: CustomStringConvertible {
    package var description: String { printedForm }
}
