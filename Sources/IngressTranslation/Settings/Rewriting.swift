import NginxSyntax
import ProxyConfiguration

/// How paths are read and rewritten.
struct RewritingValues: Sendable, Hashable {
    var usesRegularExpressions = false
    var target: RewriteTarget?
    /// Whether there is a target that is none: a finding about it says what becomes of the paths.
    var hasInvalidTarget = false
    /// Whether a Prefix path is never a regular expression.
    var validatesPathTypes = false
    var appRoot: Expression?
}

/// The path that a backend sees in place of the request's, or the URL that clients are sent to.
struct RewriteTarget: Sendable, Hashable {
    /// As the annotation has it.
    var text: String
    var expression: Expression
    /// The highest group that the target takes from the path's expression; 0 where it takes none.
    var highestGroup: Int
    /// Whether it begins with a scheme, so that nginx sends clients there.
    var isURL: Bool
}

enum Rewriting {
    static let settings: [Setting] = [
        .value(
            "app-root",
            .appRoot,
            \.rewriting.appRoot,
            scope: .server,
            needs: .rule,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("requests for / are not redirected"),
            "Sends requests for / of the host to this path, with status 302."
        ).risk(.medium).differs(
            "Only the variables of a fixed list are taken. The oldest Ingress of the host that sets it decides; in "
                + "ingress-nginx the one whose path is the longest."
        ),
        .value(
            "rewrite-target",
            .rewriteTarget,
            \.rewriting.target,
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .allowsNothing("paths are not rewritten, nor read as regular expressions because of it") {
                $0.rewriting.target = nil
                $0.rewriting.hasInvalidTarget = true
            },
            "Replaces the path of each request, or sends it to a URL with status 302; $1 to $9 are the groups of "
                + "the Ingress's path."
        ).risk(.medium).differs(
            "The other paths of the host stay what they are; in ingress-nginx all of them become regular "
                + "expressions that ignore case."
        ),
        .value(
            "strict-validate-path-type",
            .bool,
            \.rewriting.validatesPathTypes,
            default: "false",
            scope: .location,
            from: .configMaps,
            "Refuses Prefix paths that hold a regular expression, in place of reading them as one."
        ).differs(
            "The default is false, and only Prefix paths that hold a regular expression are refused; in "
                + "ingress-nginx it is true, and Exact and Prefix paths may hold letters, digits, '.', '_', '-' and "
                + "'/' alone."
        ),
        .value(
            "use-regex",
            .bool,
            \.rewriting.usesRegularExpressions,
            default: "false",
            scope: .location,
            needs: .path,
            from: .annotation,
            "Makes ImplementationSpecific paths regular expressions, and Prefix paths that hold one."
        ).differs(
            "The other paths of the host stay what they are; in ingress-nginx all of them become regular "
                + "expressions that ignore case."
        ),
    ]
}
