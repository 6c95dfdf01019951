import NginxSyntax
import ProxyConfiguration

/// A request whose answer a change of manifests changes.
struct RouteWitness: Hashable {
    var request: Request
    /// The command that sends it.
    var command: String
    var before: String
    var after: String
    /// What a real nginx does with it, where one was asked.
    var proof: WitnessProof?

    /// Looks for one among the plainest requests for a host and a target; `nil` where all their answers stay.
    ///
    /// - Parameter clients: The addresses that may make a difference.
    init?(
        host: String,
        target: String,
        from clients: [IPAddress],
        before: (router: Router, table: RouteTable),
        after: (router: Router, table: RouteTable)
    ) {
        for client in [nil] + clients.map(Optional.some) {
            for scheme in [Listener.Scheme.http, .https] {
                for isAdmitted in client == nil ? [false, true] : [false] {
                    let request = Request(
                        scheme: scheme,
                        host: host,
                        target: target,
                        client: client,
                        isAdmitted: isAdmitted
                    )
                    let old = before.table.text(of: before.router.route(request), to: request)
                    let new = after.table.text(of: after.router.route(request), to: request)
                    guard let old, let new, old != new else { continue }
                    self.request = request
                    command = request.command
                    (self.before, self.after) = (old, new)
                    return
                }
            }
        }
        return nil
    }

    /// An address of nobody, for lists that are about some.
    static let stranger = IPAddress(known: "203.0.113.1")
}

extension Request {
    /// For a shell, which takes the address that it has to come from for a comment.
    fileprivate var command: String {
        let option = scheme == .https ? "-ki" : "-i"
        let url = "\(scheme.rawValue)://\(host)\(target)".replacing("'", with: "%27")
        return "curl \(option) '\(url)'" + (client.map { "  # from \($0)" } ?? "")
    }
}

extension RouteTable {
    /// What a client gets, or who answers; `nil` where the configuration and the request do not decide it.
    func text(of decision: RoutingDecision, to request: Request) -> String? {
        switch decision.outcome {
        case .proxied(let backends, let target):
            let names = backends.map { text(of: $0, for: nil) }.joined(separator: " or ")
            let seen = target == request.target ? "" : ", which sees \(target)"
            return "\(names)\(seen)" + (decision.asked == nil ? "" : ", if the service that is asked lets it pass")
        case .preflight: return "204"
        case .denied: return "403"
        case .redirected(let status, let url): return "\(status) to \(url)"
        case .answered(let status): return "\(status)"
        case .stubStatus: return "nginx's counters"
        case .passedThrough(let service?): return "\(BackendName.words(ofUpstream: service)), to which TLS is passed on"
        case .passedThrough(nil): return "a connection that is closed"
        case .undecided: return nil
        }
    }
}
