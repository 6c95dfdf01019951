import CurlTestSupport
import EchoBackend
import Incremental
import NginxSyntax
import ProxyConfiguration
import RequestTestSupport

/// The outcome of a request for a client and a backend, as the model says or as nginx did.
struct Outcome: Equatable, CustomStringConvertible {
    var status: Int
    var location: String?
    /// `namespace/service:port`.
    var backend: String?
    /// As the backend saw it.
    var uri: String?

    var description: String {
        var words = ["\(status)"]
        if let location { words.append("to \(location)") }
        if let backend, let uri { words.append("from \(backend) for \(uri)") }
        return words.joined(separator: " ")
    }

    init(_ response: CurlResponse) {
        let echo = response.echo
        status = response.status
        location = response.header("Location")
        backend = echo?.backend
        uri = echo?.uri
    }

    /// Translates a decision, where all backends answer 200 and no name resolves.
    init(_ decision: RoutingDecision, in configuration: Configuration) {
        switch decision.asked {
        case .name, .requestHost:
            status = 500
            return
        case .upstream, .address, .unavailable, nil: break
        }
        switch decision.outcome {
        case .proxied(let backends, let target):
            guard case .upstream(let name) = backends.first else {
                status = 502
                return
            }
            status = 200
            backend = configuration.backendName(of: name)
            uri = target
        case .denied:
            status = 403
            answer(by: decision.errorPage, in: configuration)
        case .undecided, .passedThrough: status = 0
        case .redirected(let code, let url):
            status = code.value
            location = url
        case .answered(let code):
            status = code.value
            answer(by: decision.errorPage, in: configuration)
        case .preflight: status = 204
        case .stubStatus: status = 200
        }
    }

    /// Has a backend for errors answer in place of nginx.
    fileprivate mutating func answer(by errorPage: Backend?, in configuration: Configuration) {
        switch errorPage {
        case nil: break
        case .upstream(let name): (backend, uri) = (configuration.backendName(of: name), "/")
        case .name: (status, backend, uri) = (502, nil, nil)
        }
    }

    /// Has a backend for errors answer in place of whoever has, where the status is one of its errors.
    fileprivate mutating func answer(by pages: ErrorPages, in configuration: Configuration) {
        guard pages.statuses.contains(where: { $0.value == status }) else { return }
        answer(by: pages.backend, in: configuration)
    }

    /// The difference that a check of requests.yaml finds; `nil` for a check of what no model decides.
    func mismatch(_ check: ResponseCheck) -> String? {
        let (what, expected, actual): (String, String?, String?) =
            switch check {
            case .status(let expected): ("status", "\(expected)", "\(status)")
            case .backend(let expected): ("backend", expected, backend)
            case .uri(let expected): ("uri", expected, uri)
            // What a backend says of it is no matter of the model.
            case .header(let name, let expected) where name.lowercased() == "location" && backend == nil:
                ("location", expected, location)
            case .header, .upstreamHeader, .certificate: ("", nil, nil)
            }
        return expected == actual ? nil : "\(what): expected \(expected ?? "none"), got \(actual ?? "none")"
    }
}

extension Outcome {
    /// Translates a decision, where a backend or the service that is asked answers as the request has it do.
    ///
    /// Where the location is that of a sign-in, it is `nil`: no decision tells it.
    init(_ decision: RoutingDecision, in configuration: Configuration, answering request: CurlRequest) {
        self.init(decision, in: configuration)
        guard let wish = request.header("X-Echo-Status").flatMap(StatusWish.init) else { return }
        if case .upstream(let name) = decision.asked, configuration.backendName(of: name) == wish.backend {
            guard !(200..<300).contains(wish.status) else { return }
            let signsIn = configuration.authentication(of: decision)?.signIn != nil
            status = wish.status == 401 && signsIn ? 302 : [401, 403].contains(wish.status) ? wish.status : 500
            (backend, uri) = (nil, nil)
            if let pages = configuration.location(of: decision)?.policy.value.errorPages {
                answer(by: pages, in: configuration)
            }
        } else if wish.backend == backend, decision.errorPage == nil {
            status = wish.status
            let location = configuration.location(of: decision)
            if let location, location.replacesBackendErrors, let pages = location.policy.value.errorPages {
                answer(by: pages, in: configuration)
            }
        }
    }

    /// The value of `X-Echo-Status`.
    private struct StatusWish {
        var backend: String
        var status: Int

        init?(_ text: String) {
            let words = text.split(separator: " ").map(String.init)
            guard words.count == 2, let status = Int(words[1]) else { return nil }
            (backend, self.status) = (words[0], status)
        }
    }
}

extension CurlRequest {
    fileprivate func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

extension Configuration {
    /// The authentication of the location that takes a request.
    fileprivate func authentication(of decision: RoutingDecision) -> Authentication? {
        location(of: decision)?.policy.value.authentication
    }

    fileprivate func location(of decision: RoutingDecision) -> Location? {
        servers.first { $0.host == decision.host }?.locations.first { $0.path == decision.path }
    }
}

extension Request {
    /// The request as the model sees it.
    init(_ request: CurlRequest) {
        let headers = request.headers.compactMap { name, value in value.map { (name.lowercased(), $0) } }
        let byName = Dictionary(headers) { _, last in last }
        self.init(
            scheme: request.scheme == .https ? .https : .http,
            host: byName["host"] ?? request.authority,
            method: request.method,
            target: request.target,
            headers: byName,
            // Where connections to any loopback address come from.
            client: IPAddress("127.0.0.1")
        )
    }
}
