import Diagnostics

/// What a change of manifests does, in the order in which a person reads it.
struct ChangeReport {
    var routes: RouteComparison
    /// The ports of TCP and UDP that change.
    let ports: [PortChange]
    /// The findings that the change brings, and those that it takes away.
    let newFindings: [Diagnostic]
    let goneFindings: [Diagnostic]
    /// The unified diff of all files of the configuration.
    let unified: String
    /// What it does to the requests of an access log, where one is named.
    let traffic: Traffic?

    /// Throws ``CommandFailure`` where a log cannot be read.
    init(
        from before: Pipeline.Result,
        to after: Pipeline.Result,
        unified: String,
        _ selection: FindingSelection,
        log: String? = nil
    ) throws {
        let (oldTable, newTable) = (RouteTable(before), RouteTable(after))
        routes = RouteComparison(from: oldTable, to: newTable)
        ports = PortChange.changes(from: before.configuration, to: after.configuration)
        let changes = routes
        traffic = try log.map { try Traffic(of: $0, through: changes, oldTable, newTable) }
        let old = selection.ofChange(before.diagnostics, in: before)
        let new = selection.ofChange(after.diagnostics, in: after)
        (newFindings, goneFindings) = (new.without(old), old.without(new))
        self.unified = unified
    }

    var isEmpty: Bool { unified.isEmpty }

    var hasDanger: Bool {
        !routes.sharedDangers.isEmpty || routes.changes.contains { !$0.dangers.isEmpty }
            || ports.contains { !$0.dangers.isEmpty }
    }

    /// Whether nginx does something else than the report says.
    var isContradicted: Bool { routes.witnesses.contains { $0.proof?.isContradiction ?? false } }

    /// `2 routes change, 1 vanishes, 1 loses authentication; 2,994 same`.
    var summary: String {
        let kinds: [(RouteChange.Kind, String, String)] = [
            (.changes, "changes", "change"), (.appears, "appears", "appear"), (.vanishes, "vanishes", "vanish"),
            (.shadowed, "is shadowed", "are shadowed"),
        ]
        var parts: [String] = []
        for (kind, one, many) in kinds {
            let count = routes.changes.count { $0.kind == kind }
            guard count > 0 else { continue }
            let noun = parts.isEmpty ? count == 1 ? " route" : " routes" : ""
            parts.append("\(count.grouped)\(noun) \(count == 1 ? one : many)")
        }
        let portCount = ports.count { !$0.isOfAll }
        if portCount > 0 { parts.append(portCount == 1 ? "1 port changes" : "\(portCount.grouped) ports change") }
        if portCount < ports.count { parts.append("the settings of all ports change") }
        for danger in Self.counted {
            let count =
                routes.changes.count { $0.dangers.contains(where: danger.matches) }
                + ports.count { $0.dangers.contains(where: danger.matches) }
            if count > 0 { parts.append("\(count.grouped) \(count == 1 ? danger.one : danger.many)") }
        }
        if !routes.shared.isEmpty { parts.append("the settings of all hosts change") }
        let changes = parts.isEmpty ? "no route changes" : parts.joined(separator: ", ")
        return "\(changes); \(routes.sameCount.grouped) same"
    }

    /// How many requests of the log a route's change is about, `1,234 requests`; `nil` without a log, and for none.
    func requests(of changes: [RouteChange]) -> String? {
        guard let traffic else { return nil }
        let count = changes.reduce(0) { $0 + traffic.count(of: $1) }
        return count == 0 ? nil : "\(count.grouped) \(count == 1 ? "request" : "requests")"
    }

    private static let counted: [(matches: @Sendable (RouteDanger) -> Bool, one: String, many: String)] = [
        ({ $0 == .losesAuthentication }, "loses authentication", "lose authentication"),
        ({ $0 == .losesTLS }, "loses TLS", "lose TLS"),
        ({ $0 == .passedUnguarded }, "is passed on past its guards", "are passed on past their guards"),
        ({ $0 == .losesAddressRules }, "loses its list of addresses", "lose their lists of addresses"),
        (
            { if case .admitsMoreAddresses = $0 { true } else { false } }, "admits more addresses",
            "admit more addresses"
        ),
        ({ if case .takenOver = $0 { true } else { false } }, "is taken over", "are taken over"),
    ]
}

extension [Diagnostic] {
    /// Without those that others are as well, wherever these stand.
    fileprivate func without(_ others: [Diagnostic]) -> [Diagnostic] {
        let known = Set(others.map(\.withoutPosition))
        return filter { !known.contains($0.withoutPosition) }
    }
}

extension Diagnostic {
    fileprivate var withoutPosition: Diagnostic {
        var finding = self
        finding.position = nil
        return finding
    }
}
