import Diagnostics
import IngressTranslation
import NginxSyntax
import ProxyConfiguration

/// Says of a difference between two running controllers whether it is to be expected.
struct DifferenceExplainer {
    private let table: RouteTable
    private let router: Router
    private let paths: StructuralDifferences
    /// Differences of findings, and settings in use that differ, by route.
    private let findings: [String: [RouteDifference]]
    private let settings: [String: [MigrationItem]]
    private let keys: [MigrationItem]

    init(_ report: MigrationReport) {
        table = report.table
        router = Router(table.configuration)
        paths = report.differences.paths
        findings = Dictionary(
            grouping: report.routes.filter { $0.code != "path-stricter" && $0.code != "path-without-slash" },
            by: \.route
        )
        var settings: [String: [MigrationItem]] = [:]
        for item in report.annotations where item.verdict >= .different {
            for route in item.routes { settings[route, default: []].append(item) }
        }
        self.settings = settings
        keys = report.keys.filter { $0.verdict >= .different }
    }

    /// The route that serves a request here; `nil` where none of an Ingress does.
    func route(of request: Request) -> Route? {
        guard let server = router.server(named: request.host), let location = server.location(for: request.target),
            location.origin != nil
        else { return nil }
        return Route(server: server, location: location)
    }

    func place(_ route: Route) -> MigrationPlace {
        MigrationPlace(object: route.location.origin?.description ?? "", position: table.position(of: route))
    }

    func expectation(of request: Request) -> String? {
        var sent = request
        // Nobody here has a password.
        sent.isAdmitted = false
        return table.text(of: router.route(sent), to: sent)
    }

    func explanation(
        of request: Request,
        _ aspects: [ComparedAnswer.Aspect]
    ) -> (ComparedDifference.Kind, reason: String?) {
        if let reason = paths.reason(for: request) { return (.wanted, reason) }
        let server = router.server(named: request.host) ?? table.configuration.servers.first { $0.host == .any }
        let name = route(of: request)?.name
        var kind = ComparedDifference.Kind.wanted
        var reasons: [String] = []
        for aspect in aspects {
            guard let (found, reason) = explanation(of: aspect, request, server, name) else {
                return (.unexplained, nil)
            }
            if found == .known { kind = .known }
            if !reasons.contains(reason) { reasons.append(reason) }
        }
        return (kind, reasons.joined(separator: "; "))
    }

    private func explanation(
        of aspect: ComparedAnswer.Aspect,
        _ request: Request,
        _ server: VirtualServer?,
        _ route: String?
    ) -> (ComparedDifference.Kind, String)? {
        if aspect == .certificate, server?.certificate == nil {
            return (.wanted, "the host has no certificate of its own, and the default ones are each controller's own")
        }
        if aspect == .header("strict-transport-security"), server?.policy.strictTransportSecurity == nil,
            case .different(let reason)? = SettingTable.all.first(where: { $0.name == "hsts" })?.comparison
        {
            return (.wanted, "'hsts': \(reason)")
        }
        if let finding = route.flatMap({ findings[$0] })?.first {
            return (.known, finding.opinion.reason ?? finding.code)
        }
        let items = (route.flatMap { settings[$0] } ?? []) + keys
        let item = items.first { ExplainedAspects.explains($0.name, aspect) }
        return item.map { (.known, "'\($0.name)': \($0.opinion.reason ?? "")") }
    }
}

/// The parts of answers in which the documented difference of a setting shows.
enum ExplainedAspects {
    static func explains(_ setting: String, _ aspect: ComparedAnswer.Aspect) -> Bool {
        guard let shown = byName[setting] else { return false }
        switch aspect {
        case .status: return shown.contains(.status) || shown.contains(.everything)
        case .header("location"): return shown.contains(.location) || shown.contains(.everything)
        case .header: return shown.contains(.headers) || shown.contains(.everything)
        case .body: return shown.contains(.status) || shown.contains(.everything)
        case .answer, .certificate: return shown.contains(.handshake)
        }
    }

    static var names: Set<String> { Set(byName.keys) }

    private enum Shown { case status, location, headers, handshake, everything }

    private static let byName: [String: Set<Shown>] = [
        "add-headers": [.headers], "app-root": [.status, .location], "auth-secret": [.status],
        "auth-signin": [.location], "auth-snippet": [.status], "auth-tls-error-page": [.status, .location],
        "auth-tls-match-cn": [.status], "auth-tls-secret": [.status, .handshake], "auth-type": [.status],
        "auth-url": [.status], "block-cidrs": [.status, .location], "configuration-snippet": [.everything],
        "cors-allow-origin": [.headers], "custom-headers": [.headers], "custom-http-errors": [.status, .headers],
        "enable-cors": [.headers], "from-to-www-redirect": [.location, .handshake],
        "global-auth-signin": [.location], "global-auth-url": [.status], "hsts": [.headers],
        "http-snippet": [.everything], "limit-connections": [.status], "limit-rpm": [.status],
        "limit-rps": [.status], "location-snippet": [.everything], "proxy-real-ip-cidr": [.status, .location],
        "proxy-redirect-from": [.location], "proxy-ssl-secret": [.status], "server-alias": [.status, .handshake],
        "server-snippet": [.everything], "server-tokens": [.headers], "strict-validate-path-type": [.status],
        "use-forwarded-headers": [.status, .location],
    ]
}
