import CurlTestSupport
import NginxControl
import ProxyConfiguration
import Testing

/// The probes of a proof as a client on the network sends them to echo backends.
enum LiveProbes {
    /// At most so many for one configuration.
    private static let limit = 240

    static func of(_ configuration: Configuration, samples: [CurlRequest]) throws -> [CurlRequest] {
        let probes = EdgeProbes(configuration, samples: samples.map(\.target)) { request in
            // Backends, and services to ask, whose names do not resolve answer only after seconds.
            var sent = request
            // This nginx checks what a shadow does not.
            sent.isAdmitted = false
            let decision = configuration.route(sent)
            switch decision.asked {
            case .name, .requestHost: return false
            case .upstream, .address, .unavailable, nil: break
            }
            guard decision.outcome != .undecided else { return false }
            if case .passedThrough = decision.outcome { return false }
            guard case .proxied(let backends, _) = decision.outcome else { return true }
            // Nor does the model know what chance decides.
            guard backends.count == 1 else { return false }
            // The echo speaks plain HTTP where the client decides what is spoken.
            guard decision.spoken != .automatic || request.scheme == .http else { return false }
            return backends.allSatisfy { if case .upstream = $0 { true } else { false } }
        }
        return try probes.sample(limit).map { probe in
            var request = try #require(CurlRequest(probe.line))
            request.headers.append(("Accept", "application/json"))
            for (name, value) in probe.request.headers { request.headers.append((name, value)) }
            return request
        }
    }
}
