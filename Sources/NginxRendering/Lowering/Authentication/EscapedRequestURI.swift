import NginxSyntax
import ProxyConfiguration

/// The path and the query of a request as the value of a parameter: all but letters, digits and `- . _ ~` percent-encoded.
///
/// nginx has no function for that. A chain of maps takes four pairs of plain bytes and one other each, and encodes the
/// other byte by its two halves. Of a request with more than ``mostBytes`` bytes to be encoded it makes `/`, encoded: a
/// part of a URL may mean something else than the whole.
enum EscapedRequestURI {
    /// How many bytes may have to be encoded.
    static let mostBytes = stages * pairs - 1

    private static let pairs = 4
    private static let stages = 64
    private static let rest = VariableName(known: "uri_rest")

    static let declarations: [SharedDeclaration] =
        (0..<pairs).flatMap { [half($0, isHigh: true), half($0, isHigh: false)] } + (0..<stages).map(stage) + [whole]

    /// Encodes one half of a byte, the first with its `%`.
    private static func half(_ pair: Int, isHigh: Bool) -> SharedDeclaration {
        let entries = (isHigh ? 2 : 0)..<16
        return declaration(
            isHigh ? high(pair) : low(pair),
            MapContext(
                Expression(byte(pair)),
                entries.map { half in
                    let digit = String(half, radix: 16)
                    let bytes =
                        isHigh
                        ? "\\x\(digit)0-\\x\(digit)f" : (2..<16).map { "\\x\(String($0, radix: 16))\(digit)" }.joined()
                    return (expression("[\(bytes)]"), text("\(isHigh ? "%" : "")\(digit.uppercased())"))
                },
                // Each stage encodes another byte.
                isVolatile: true
            )
        )
    }

    private static func stage(_ number: Int) -> SharedDeclaration {
        let plain = #"\w.~-"#
        let pattern = (0..<pairs).map { "(?<\(run($0).value)>[\(plain)]*+)(?<\(byte($0).value)>[^\(plain)]?+)" }
            .joined()
        let value = (0..<pairs).flatMap { [run($0), high($0), low($0)] }
        return declaration(
            part(number),
            MapContext(
                Expression(number == 0 ? .requestURI : rest),
                [(expression("^\(pattern)(?<\(rest.value)>.*)"), joined(value))]
            )
        )
    }

    /// The parts in their order, each of which finds what the one before has left.
    private static var whole: SharedDeclaration {
        let encoded = VariableName(known: "uri_encoded")
        let source = (0..<stages).map { Expression.Part.variable(part($0)) } + [.literal(":"), .variable(rest)]
        return declaration(
            .escapedRequestURI,
            MapContext(
                Expression(known: source),
                [(.fallback, text("%2F")), (expression("^(?<\(encoded.value)>[^:]+):$"), Expression(encoded))]
            )
        )
    }

    private static func declaration(_ variable: VariableName, _ map: MapContext) -> SharedDeclaration {
        SharedDeclaration(.map(map), of: .escapedRequestURI, as: variable)
    }

    private static func expression(_ pattern: String) -> MapKey {
        do throws(RegularExpressionError) {
            return .expression(try RegularExpression(pattern), ignoresCase: false)
        } catch {
            preconditionFailure("'\(pattern)': \(error.message)")
        }
    }

    private static func text(_ text: String) -> Expression { Expression(known: [.literal(text)]) }

    private static func joined(_ variables: [VariableName]) -> Expression {
        Expression(known: variables.map { .variable($0) })
    }

    private static func run(_ pair: Int) -> VariableName { VariableName(known: "uri_run", number: pair) }
    private static func byte(_ pair: Int) -> VariableName { VariableName(known: "uri_byte", number: pair) }
    private static func high(_ pair: Int) -> VariableName { VariableName(known: "uri_high", number: pair) }
    private static func low(_ pair: Int) -> VariableName { VariableName(known: "uri_low", number: pair) }
    private static func part(_ stage: Int) -> VariableName { VariableName(known: "uri_part", number: stage, digits: 2) }
}

extension Expression {
    var usesEscapedRequestURI: Bool { parts.contains(.variable(.escapedRequestURI)) }
}
