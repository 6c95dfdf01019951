import NginxSyntax
import ProxyConfiguration

/// The cookies of the answer of a service that is asked, each in a variable of its own.
///
/// Clients take several in one header for one. Where nginx joins them by commas, maps take them apart: a comma that a
/// name and `=` follow is none of a date. What comes behind the last variable's cookie stays with it.
enum AnswerCookies {
    private static let count = 4
    private static let first = VariableName(known: "auth_cookie_first")
    private static let others = VariableName(known: "auth_cookie_others")
    private static let attributes = VariableName(known: "auth_cookie_attributes")

    /// All headers of the answer, joined, or the first of them.
    private static let declared = SharedDeclaration(emptyAtFirst: .authenticationCookie)

    static let variables = (0..<count).map { VariableName(known: "auth_cookie", number: $0) }

    /// Take joined ones apart.
    static let declarations: [SharedDeclaration] = [declared] + (0..<count - 1).flatMap(parting)

    /// Part one cookie from those behind it.
    private static func parting(_ number: Int) -> [SharedDeclaration] {
        let isLast = number + 2 == count
        let own = expression("^(?<\(first.value)>.+?), [^\\s;,=]+=")
        let behind = expression("^.+?, (?<\(others.value)>[^\\s;,=]+=.*)")
        return [
            map(
                rest(number),
                as: variables[number],
                [(.fallback, Expression(rest(number))), (own, Expression(first))]
            ),
            map(
                rest(number),
                as: isLast ? variables[number + 1] : rest(number + 1),
                [(.fallback, .empty), (behind, Expression(others))]
            ),
        ]
    }

    /// Give a later cookie the attributes of the first one.
    static func declarations(_ cookies: some Sequence<RequestScript.LaterCookie>) -> [SharedDeclaration] {
        let headers = cookies.map { cookie in
            let text: [Expression.Part] = [
                .literal("\(cookie.name.value)="), .variable(cookie.value), .variable(attributes),
            ]
            return map(
                cookie.value,
                as: cookie.header,
                [(.fallback, Expression(known: text)), (.literal(Text(known: "")), .empty)]
            )
        }
        guard !headers.isEmpty else { return [] }
        let name = VariableName(known: "auth_cookie_end")
        let end = map(
            .authenticationCookie,
            as: attributes,
            [(.fallback, .empty), (expression("(?<\(name.value)>; .*)"), Expression(name))]
        )
        return [declared, end] + headers
    }

    /// The cookies from one on.
    private static func rest(_ number: Int) -> VariableName {
        number == 0 ? .authenticationCookie : VariableName(known: "auth_cookies", number: number)
    }

    private static func map(
        _ source: VariableName,
        as variable: VariableName,
        _ entries: [(MapKey, Expression)]
    ) -> SharedDeclaration {
        SharedDeclaration(.map(MapContext(Expression(source), entries)), of: .answerCookies, as: variable)
    }

    private static func expression(_ pattern: String) -> MapKey {
        do throws(RegularExpressionError) {
            return .expression(try RegularExpression(pattern), ignoresCase: false)
        } catch {
            preconditionFailure("'\(pattern)': \(error.message)")
        }
    }
}
