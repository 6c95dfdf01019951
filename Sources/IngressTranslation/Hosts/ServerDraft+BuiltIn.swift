import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension ServerDraft {
    /// The paths that load balancers and exporters ask the server of unknown hosts for, as in ingress-nginx.
    ///
    /// It comes before whatever Ingresses declare: a node whose `/healthz` one tenant answers is taken out of service
    /// for all.
    var builtInLocations: [Location] {
        guard host == .any else { return [] }
        return Self.builtIn.map { Location(path: .exact($0.path), action: $0.action, isLogged: false, isPlain: true) }
    }

    /// The built-in path that takes requests from a location which would serve it, but not everything.
    func reservedPath(of location: LocationDraft) -> LocationPath? {
        guard host == .any, !location.path.matches(Array("/".utf8)) else { return nil }
        return Self.builtIn.map(\.path).first { location.path.matches(Array($0.value.utf8)) }
    }

    private static let builtIn: [(path: LocationPath, action: Location.Action)] = [
        (LocationPath(known: "/healthz"), .status(.ok)), (LocationPath(known: "/nginx_status"), .stubStatus),
    ]
}

extension Diagnostic {
    static func pathReserved(_ path: LocationPath, for location: LocationDraft) -> Diagnostic {
        location.owner.ingress.finding(
            .warning,
            "path-reserved",
            "load balancers and monitoring ask for \(path.value) where no Ingress names the host; Postern answers it "
                + "itself, and this path gets none of its requests",
            at: location.place.pathField,
            hint: "name a host in the rule to serve \(path.value) yourself"
        )
    }
}
