import NginxSyntax

/// What the annotations of one Ingress ask for, with the defaults of those that are absent.
struct IngressOptions: Sendable, Hashable {
    var usesRegularExpressions = false
    var rewriteTarget: RewriteTarget?
    var redirectsToHTTPS = true
    /// Redirects to HTTPS even where the host has no certificate.
    var forcesHTTPS = false
    var appRoot: Text?
    /// Whether an annotation that guards access cannot be honoured, so that nothing may be served.
    var isDenied = false
    var isCanary = false
}

/// The path that a backend sees in place of the request's.
struct RewriteTarget: Sendable, Hashable {
    /// As the annotation has it.
    var text: String
    var expression: Expression
    /// The highest group that the target takes from the path's expression; 0 where it takes none.
    var highestGroup: Int
}
