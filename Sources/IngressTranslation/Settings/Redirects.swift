import NginxSyntax
import ProxyConfiguration

/// Where all requests of an Ingress are sent.
struct RedirectValues: Sendable, Hashable {
    /// Comes before the permanent one.
    var temporal: RedirectTarget?
    var temporalStatus = StatusCode.found
    var permanent: RedirectTarget?
    var permanentStatus = StatusCode.movedPermanently
    /// Whether a redirect to a path names neither a scheme nor a host.
    var isRelative = false

    /// The redirect that counts; `nil` where there is none.
    ///
    /// - Parameter namesPort: Whether a redirect to a path names the port.
    func redirect(namesPort: Bool) -> FixedRedirect? {
        let target = temporal ?? permanent
        guard let url = target?.expression(isRelative: isRelative, namesPort: namesPort) else { return nil }
        return FixedRedirect(status: temporal == nil ? permanentStatus : temporalStatus, target: url)
    }
}

enum Redirects {
    static let settings: [Setting] = [
        .value(
            "permanent-redirect",
            .redirectTarget,
            \.redirects.permanent,
            scope: .location,
            needs: .rule,
            from: .annotation,
            ifInvalid: .usesDefaultSaying(notRedirected),
            "Sends all requests to this URL or path, with status 301, before anything else is done about them; "
                + "'$request_uri' and the like are of the request."
        ).risk(.medium).differs("It may name variables of the request as well."),
        .value(
            "permanent-redirect-code",
            .permanentStatus,
            \.redirects.permanentStatus,
            default: "301",
            scope: .location,
            from: .annotation,
            "Sets the status of permanent-redirect."
        ).differs("Codes that nginx does not redirect with, 300 and 304 to 306, are not taken."),
        .value(
            "relative-redirects",
            .bool,
            \.redirects.isRelative,
            default: "false",
            scope: .location,
            from: .everywhere,
            "Sends redirects to a path without scheme and host."
        ).identical,
        .value(
            "temporal-redirect",
            .redirectTarget,
            \.redirects.temporal,
            scope: .location,
            needs: .rule,
            from: .annotation,
            ifInvalid: .usesDefaultSaying(notRedirected),
            "Sends all requests to this URL or path, with status 302; comes before permanent-redirect."
        ).risk(.medium).differs("It may be a path, and name variables of the request, as well."),
        .value(
            "temporal-redirect-code",
            .temporalStatus,
            \.redirects.temporalStatus,
            default: "302",
            scope: .location,
            from: .annotation,
            "Sets the status of temporal-redirect."
        ).differs("Codes that nginx does not redirect with, 300 and 304 to 306, are not taken."),
    ]

    private static let notRedirected = "requests are not redirected"
}

extension ValueParser<StatusCode> {
    /// The redirects that nginx knows.
    static let permanentStatus = status(among: [
        .movedPermanently, .found, .seeOther, .temporaryRedirect, .permanentRedirect,
    ])
    /// The same without the one that ingress-nginx takes for permanent only.
    static let temporalStatus = status(among: [.movedPermanently, .found, .seeOther, .temporaryRedirect])
}

extension SettingValues {
    /// Where all requests of the Ingress's hosts and paths are sent; `nil` where they are served.
    var fixedRedirect: FixedRedirect? { redirects.redirect(namesPort: https.namesPort) }

    /// How nginx writes redirects of its own, and those of backends that it changes.
    func addRedirectForm(to settings: inout DirectiveSettings<LocationBlock>) {
        settings.set(SettingDirective("absolute_redirect"), to: Flag(!redirects.isRelative))
        settings.set(SettingDirective("port_in_redirect"), to: Flag(https.namesPort))
    }
}
