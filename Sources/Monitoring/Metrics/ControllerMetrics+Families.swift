import Controller
import Diagnostics
import IngressTranslation
import ProxyConfiguration

extension ControllerMetrics.State {
    var families: [MetricFamily] {
        var families = [build, reconcileCount, swapCount, stepTimes]
        families += served + endpoints + [setAside, findings, certificates] + cluster
        return families
    }

    private var build: MetricFamily {
        var family = MetricFamily("postern_build_info", .gauge, "The version of Postern; always 1.")
        family.add(1, ["version": version])
        return family
    }

    private var reconcileCount: MetricFamily {
        var family = MetricFamily("postern_reconciles_total", .counter, "Reconciles, by what came of them.")
        for (result, count) in reconciles.sorted(by: \.rawValue) {
            family.add(Double(count), ["result": result.rawValue])
        }
        return family
    }

    private var swapCount: MetricFamily {
        var family = MetricFamily(
            "postern_swaps_total",
            .counter,
            "New generations, and files replaced without a reload, by what became of them."
        )
        for (result, count) in swaps.sorted(by: \.rawValue) { family.add(Double(count), ["result": result.rawValue]) }
        return family
    }

    private var stepTimes: MetricFamily {
        var family = MetricFamily(
            "postern_swap_step_duration_seconds",
            .histogram,
            "How long each step of a swap took."
        )
        for step in StepTime.Step.allCases {
            if let histogram = steps[step] { family.add(histogram, ["step": step.rawValue]) }
        }
        return family
    }

    private var served: [MetricFamily] {
        var generation = MetricFamily("postern_generation_info", .gauge, "The generation that nginx serves; always 1.")
        var since = MetricFamily(
            "postern_generation_timestamp_seconds",
            .gauge,
            "When nginx took the generation that it serves, in seconds since 1970."
        )
        if let serving {
            generation.add(1, ["id": serving.generation])
            since.add(Double(serving.since))
        }
        return [generation, since]
    }

    private var endpoints: [MetricFamily] {
        var serving = MetricFamily(
            "postern_endpoints",
            .gauge,
            "Endpoints that serve, by the way in which nginx learns of them."
        )
        if let translation = report?.translation {
            let written = translation.configuration.upstreams.reduce(0) { $0 + $1.servers.count }
            serving.add(Double(translation.endpoints.count), ["way": "dns"])
            serving.add(Double(written), ["way": "reload"])
        }
        var changes = MetricFamily(
            "postern_endpoint_changes_total",
            .counter,
            "Ports of Services whose endpoints have changed without a reload."
        )
        changes.add(Double(endpointChanges))
        return [serving, changes]
    }

    private var setAside: MetricFamily {
        var family = MetricFamily(
            "postern_set_aside_objects",
            .gauge,
            "Objects that nginx refuses, by kind and by what serves in their place."
        )
        guard let report else { return family }
        for kind in ["Ingress", "Secret"] {
            let entries = report.settingAside.entries.filter { $0.key.kind == kind }.map(\.value)
            let reverted = entries.count { $0.lastGood != nil }
            family.add(Double(reverted), ["kind": kind, "serves": "last-good-form"])
            family.add(Double(entries.count - reverted), ["kind": kind, "serves": "nothing"])
        }
        return family
    }

    private var findings: MetricFamily {
        var family = MetricFamily("postern_diagnostics", .gauge, "What is wrong with the input, by severity and code.")
        var counter = Counter<[String]>()
        for finding in report?.diagnostics ?? [] { counter.increment([finding.severity.rawValue, finding.code]) }
        for (key, count) in counter.sorted(by: { $0.joined(separator: " ") }) {
            family.add(Double(count), ["severity": key[0], "code": key[1]])
        }
        return family
    }

    private var certificates: MetricFamily {
        var family = MetricFamily(
            "postern_certificate_expiry_timestamp_seconds",
            .gauge,
            "When each certificate that serves expires, in seconds since 1970."
        )
        // One Secret may be for clients and for backends.
        var secrets: Set<ObjectReference> = []
        for certificate in report?.translation.configuration.privateFiles ?? []
        where certificate.kind.isOwnCertificate {
            guard let secret = certificate.origin, let expiry = certificate.expiry, secrets.insert(secret).inserted
            else { continue }
            family.add(Double(expiry), ["namespace": secret.namespace, "secret": secret.name])
        }
        return family
    }

    private var cluster: [MetricFamily] {
        var requestCount = MetricFamily(
            "postern_api_requests_total",
            .counter,
            "Requests to the API server, by verb, resource and the code of the answer."
        )
        for (key, count) in requests.sorted(by: { "\($0.verb) \($0.resource) \($0.code)" }) {
            requestCount.add(Double(count), ["verb": key.verb, "resource": key.resource, "code": key.code])
        }
        var restartCount = MetricFamily(
            "postern_watch_restarts_total",
            .counter,
            "Watches that ended and were begun again, by resource and reason."
        )
        for (key, count) in restarts.sorted(by: { "\($0.resource) \($0.reason)" }) {
            restartCount.add(Double(count), ["resource": key.resource, "reason": key.reason])
        }
        var leader = MetricFamily("postern_leader", .gauge, "Whether this replica writes status and events.")
        if let isLeader { leader.add(isLeader ? 1 : 0) }
        return [requestCount, restartCount, leader]
    }
}

extension ControllerMetrics {
    /// The ports of TCP and UDP that nginx serves, and how many connections are open at each.
    var portFamilies: [MetricFamily] {
        let servers = report?.translation.configuration.streams?.servers ?? []
        var services = MetricFamily(
            "postern_port_info",
            .gauge,
            "The ports of TCP and UDP, and the Services that they lead to; always 1."
        )
        for server in servers {
            services.add(
                1,
                [
                    "transport": server.transport.rawValue, "port": "\(server.port)",
                    "service": server.destinationText,
                ]
            )
        }
        return [services, OpenConnections.family(servers)]
    }
}
