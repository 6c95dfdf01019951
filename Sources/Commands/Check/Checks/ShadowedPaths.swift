import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Paths whose every request a regular expression takes that comes first.
///
/// Only what is certain is reported: the expression matches what each request of the path begins with, and nothing in
/// it looks further.
struct ShadowedPaths {
    private let table: RouteTable
    private let ingresses: [Ingress]

    init(_ table: RouteTable, _ ingresses: [Ingress]) {
        (self.table, self.ingresses) = (table, ingresses)
    }

    var findings: [Diagnostic] {
        var findings: [Diagnostic] = []
        var host: HostPattern?
        var earlier: [(expression: RegularExpression, route: Route)] = []
        for route in table.routes {
            if route.server.host != host {
                host = route.server.host
                earlier = []
            }
            if !earlier.isEmpty, let beginning = route.location.path.beginning {
                let winner = earlier.first { Self.matches($0.expression, beginning) }
                if let winner, isWritten(route) { findings.append(finding(route, winner.route)) }
            }
            if case .expression(let expression) = route.location.path, expression.looksNoFurther {
                earlier.append((expression, route))
            }
        }
        return findings
    }

    /// Whether the Ingress has the path, and not only requests that none of its paths is for.
    private func isWritten(_ route: Route) -> Bool {
        guard route.location.path.text == "/" else { return true }
        guard let ingress = ingresses.first(where: { $0.reference == route.location.origin }) else { return false }
        return ingress.rules.contains { rule in rule.paths?.contains { ["", "/"].contains($0.path ?? "") } ?? false }
    }

    private static func matches(_ expression: RegularExpression, _ text: String) -> Bool {
        if case .match = expression.outcomeAtStart(of: Array(text.utf8)) { true } else { false }
    }

    private func finding(_ route: Route, _ winner: Route) -> Diagnostic {
        let owner = winner.location.origin == route.location.origin ? nil : winner.location.origin
        let expression = "the regular expression '\(winner.location.path.text.excerpt)'"
        return Diagnostic(
            .warning,
            code: "path-shadowed",
            "\(expression)\(owner.map { " of \($0)" } ?? "") comes first on host '\(route.server.host.text)' and takes all "
                + "requests for this path",
            object: route.location.origin,
            position: table.position(of: route)
        )
    }
}

extension PathMatch {
    /// A text with which each request of the path begins; `nil` where there is none that is known.
    fileprivate var beginning: String? {
        switch self {
        case .exact(let path), .prefix(let path): path.value
        case .expression(let expression): expression.literalBeginning
        }
    }
}

extension RegularExpression {
    /// Whether it matches a longer text as well where it matches a text from its start.
    fileprivate var looksNoFurther: Bool {
        !["$", "\\", "(?", "(*", "*+", "++", "?+", "}+"].contains { part in
            pattern.replacing("(?:", with: "(").replacing("\\.", with: ".").replacing("\\/", with: "/")
                .replacing("\\-", with: "-").contains(part)
        }
    }

    /// The letters, digits and the like before anything with a meaning; `nil` for none.
    fileprivate var literalBeginning: String? {
        guard !pattern.contains("|"), !pattern.contains("(?") else { return nil }
        var literal = pattern.prefix { character in
            character.isASCII && (character.isLetter || character.isNumber || "/-_~%!,;:=@&'".contains(character))
        }
        // What follows may repeat the last one, also for no time at all.
        if let next = pattern[literal.endIndex...].first, "?*{".contains(next) { literal = literal.dropLast() }
        return literal.isEmpty ? nil : String(literal)
    }
}
