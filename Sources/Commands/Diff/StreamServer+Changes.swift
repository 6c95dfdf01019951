import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration

extension StreamServer {
    /// The Service's port with its lines of the PROXY protocol, as a ConfigMap has it: `shop/db:5432:PROXY`.
    var destination: String {
        let lines =
            switch (readsProxyLine, sendsProxyLine) {
            case (false, false): ""
            case (true, false): ":PROXY"
            case (false, true): "::PROXY"
            case (true, true): ":PROXY:PROXY"
            }
        return destinationText + lines
    }

    /// What differs of a port beside where it leads.
    func changes(
        to other: StreamServer,
        _ settings: StreamSettings,
        _ otherSettings: StreamSettings
    ) -> [RouteTraitChange] {
        let (own, foreign) = (additions?.value ?? StreamAdditions(), other.additions?.value ?? StreamAdditions())
        var changes = [
            RouteTraitChange.ofPort(.clients, own.access.clients, foreign.access.clients),
            .ofPort(.accessLog, own.isLogged ? "on" : "off", foreign.isLogged ? "on" : "off"),
            .ofPort(.loadBalancing, own.upstream.text, foreign.upstream.text),
            .ofPort(.ingress, origin.map { "\($0)" }, other.origin.map { "\($0)" }),
        ].compactMap(\.self)
        for name in Set(own.settings.names + foreign.settings.names).sorted() {
            let old = own.settings.value(of: name) ?? settings.value(of: name)
            let new = foreign.settings.value(of: name) ?? otherSettings.value(of: name)
            if let change = RouteTraitChange.ofPort(.directive(name), old, new) { changes.append(change) }
        }
        if addresses != other.addresses {
            let texts = [addresses, other.addresses].map { $0.map(\.description).joined(separator: ", ") }
            changes.append(RouteTraitChange(kind: .directive("listen"), before: texts[0], after: texts[1]))
        }
        return changes
    }

    /// What a change of the port lets somebody come to.
    func dangers(before other: StreamServer) -> [RouteDanger] {
        var dangers: [RouteDanger] = []
        let (own, foreign) = (additions?.value ?? StreamAdditions(), other.additions?.value ?? StreamAdditions())
        if own.access.contains(where: { !$0.isAllowed }) {
            let networks = (own.access + foreign.access).compactMap(\.block)
            if foreign.access.isEmpty {
                dangers.append(.losesAddressRules)
            } else if let address = networks.firstEdge(where: { foreign.admits($0) && !own.admits($0) }) {
                dangers.append(.admitsMoreAddresses(such: address))
            }
        }
        if let old = origin?.namespace, let new = other.origin?.namespace, old != new {
            dangers.append(.takenOver(from: old, by: new))
        }
        return dangers
    }
}

extension StreamSettings {
    /// What differs for all ports.
    func changes(to other: StreamSettings) -> [RouteTraitChange] {
        let names = Self.names.compactMap { name in
            RouteTraitChange.ofPort(.directive(name), value(of: name), other.value(of: name))
        }
        return names
            + [
                .ofPort(.directive("set_real_ip_from"), believedProxies.text, other.believedProxies.text),
                .ofPort(.accessLog, log.text, other.log.text),
            ].compactMap(\.self)
    }

    private static let names = [
        "proxy_next_upstream", "proxy_next_upstream_timeout", "proxy_next_upstream_tries", "proxy_responses",
        "proxy_timeout",
    ]

    /// The value of a directive where a port has none of its own; `nil` for one that only ports have.
    func value(of name: String) -> String? {
        switch name {
        case "proxy_next_upstream": triesOthers ? "on" : "off"
        case "proxy_next_upstream_timeout": "\(retryTime)"
        case "proxy_next_upstream_tries": "\(tries)"
        case "proxy_responses": "\(responses)"
        case "proxy_timeout": "\(idleTime)"
        default: nil
        }
    }
}

extension StreamLog {
    fileprivate var text: String {
        guard isOn else { return "off" }
        let parts = [destination.map { "to \($0)" }, format.map { "of \($0)" }].compactMap(\.self)
        return parts.isEmpty ? "on" : parts.joined(separator: ", ")
    }
}

extension RouteTraitChange {
    /// Returns `nil` where nothing differs.
    fileprivate static func ofPort(_ kind: RouteTrait.Kind, _ before: String?, _ after: String?) -> RouteTraitChange? {
        before == after ? nil : RouteTraitChange(kind: kind, before: before, after: after)
    }
}

extension [AccessRule] {
    fileprivate var clients: String { isEmpty ? "all" : map(\.text).joined(separator: ", ") }
}

extension AccessRule {
    /// `allow 10.0.0.0/8`.
    var text: String {
        let network =
            switch network {
            case .all: "all"
            case .block(let block): "\(block)"
            }
        return "\(isAllowed ? "allow" : "deny") \(network)"
    }

    fileprivate var block: CIDRBlock? { if case .block(let block) = network { block } else { nil } }
}

extension StreamUpstream? {
    /// How one of several servers is chosen, and those that are not as all others are.
    fileprivate var text: String {
        guard let self else { return "round_robin" }
        let method =
            switch self.balancing {
            case .roundRobin: "round_robin"
            case .leastConnections: "least_conn"
            case .random(let ofTwo): ofTwo ? "random two" : "random"
            case .hash(let key, let isConsistent): "hash \(key)\(isConsistent ? " consistent" : "")"
            }
        let members = self.members.map { "\($0.key)\($0.value.text)" }.sorted()
        return ([method] + members).joined(separator: ", ")
    }
}

extension StreamMember {
    fileprivate var text: String {
        [
            weight.map { " weight=\($0)" }, mostFailures == Number(0) ? nil : " max_fails=\(mostFailures)",
            failureTime.map { " fail_timeout=\($0)" }, mostConnections.map { " max_conns=\($0)" },
            isBackup ? " backup" : nil,
        ].compactMap(\.self).joined()
    }
}
