import NginxSyntax
import ProxyConfiguration

/// What the annotations of one Ingress ask for, with the defaults that its class has for those that are absent.
struct IngressOptions: Sendable, Hashable {
    var usesRegularExpressions = false
    var rewriteTarget: RewriteTarget?
    var redirectsToHTTPS = true
    /// Redirects to HTTPS even where the host has no certificate.
    var forcesHTTPS = false
    var httpsRedirectStatus = StatusCode.permanentRedirect
    /// Paths that begin with one of these are served by plain HTTP.
    ///
    /// Certificate authorities prove a host by plain HTTP below the one that is here by default.
    var plainPaths = ["/.well-known/acme-challenge"]
    /// Whether HTTPS responses say ``transportSecurity``.
    var sendsTransportSecurity = true
    var transportSecurity = StrictTransportSecurity()
    /// Whether a Prefix path is never a regular expression.
    var validatesPathTypes = false
    var appRoot: Expression?
    /// Whether something that guards access cannot be honoured, so that nothing may be served.
    var isDenied = false
    /// The annotation for which nothing of the Ingress's hosts may be served either.
    var hostGuard: String?
    /// Clients that a list of allowed ones leaves out.
    var deniedNetwork: CIDRBlock?
    var isCanary = false
    /// What one directive each says.
    var directives = DirectiveSettings<LocationBlock>()
    var responseBuffers = ResponseBuffers()

    /// What holds where nothing is set.
    static let builtIn: IngressOptions = {
        var options = IngressOptions()
        for setting in Proxying.settings + Buffers.settings {
            guard let value = setting.defaultValue else { continue }
            do throws(ValueError) { try setting.apply(value, &options) } catch {
                preconditionFailure("the default of '\(setting.name)' \(error.reason)")
            }
        }
        return options
    }()

    /// All directives that the options come to in a location.
    var locationSettings: DirectiveSettings<LocationBlock> {
        var settings = directives
        responseBuffers.add(to: &settings)
        return settings
    }

    var strictTransportSecurity: StrictTransportSecurity? { sendsTransportSecurity ? transportSecurity : nil }
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
