import Diagnostics

extension MigrationReport {
    /// For people: the readiness in one line, then what is in use and not as it was, then the routes.
    var text: String {
        var lines = [readiness]
        for controller in controllers {
            lines.append("of \(MigrationPlace(object: controller.name, position: controller.position).named)")
        }
        lines += Self.section("Annotations", annotations) + Self.section("ConfigMap keys", keys)
        lines += Self.section("Controller flags", flags) + Self.section("TCP and UDP ports", ports)
        let groups = RouteGroup.groups(of: routes)
        if !groups.isEmpty { lines += ["", "Routes that Postern answers differently"] + groups.flatMap(\.lines) }
        if !notes.isEmpty { lines += [""] + notes.map { "note: \($0)" } }
        return lines.map { PrintableText($0, limit: 4_000).text }.joined(separator: "\n")
    }

    private static func section(_ title: String, _ items: [MigrationItem]) -> [String] {
        guard !items.isEmpty else { return [] }
        var lines = ["", title]
        for item in items where item.verdict > .identical { lines += item.lines }
        let same = items.filter { $0.verdict == .identical }
        if !same.isEmpty {
            let names = same.map { $0.places.count == 1 ? $0.name : "\($0.name) (\($0.places.count))" }
            lines.append("  \(MigrationVerdict.identical.column)  \(names.joined(separator: ", "))")
        }
        return lines
    }
}

extension MigrationVerdict {
    /// The words in a column of their own.
    fileprivate var column: String {
        let width = Self.allCases.map(\.words.count).max() ?? 0
        return words + String(repeating: " ", count: width - words.count)
    }
}

extension MigrationItem {
    fileprivate var lines: [String] {
        let count = places.count == 1 ? "" : "  (\(places.count))"
        var lines = ["  \(verdict.column)  \(name)\(count)  \(Self.shortened(places.map(\.text)))"]
        // What has no effect leaves nothing to do.
        let advice = verdict == .needless ? nil : opinion.advice.map { "do: \($0)" }
        lines += [opinion.reason, advice].compactMap(\.self).map { "      \($0)" }
        if verdict >= .different, !routes.isEmpty { lines.append("      on \(Self.shortened(routes))") }
        return lines
    }

    /// The first three, and how many more there are.
    static func shortened(_ texts: [String]) -> String {
        texts.prefix(3).joined(separator: ", ") + (texts.count > 3 ? ", and \(texts.count - 3) more" : "")
    }
}

/// Routes with the same difference, which are told together where they are many.
struct RouteGroup {
    let routes: [RouteDifference]
    let first: RouteDifference

    private init(_ routes: [RouteDifference], _ first: RouteDifference) {
        (self.routes, self.first) = (routes, first)
    }

    static func groups(of routes: [RouteDifference]) -> [RouteGroup] {
        var order: [Key] = []
        var groups: [Key: [RouteDifference]] = [:]
        for route in routes {
            let key = Key(code: route.code, opinion: route.opinion)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(route)
        }
        return order.flatMap { key -> [RouteGroup] in
            let routes = groups[key] ?? []
            guard let first = routes.first else { return [] }
            return routes.count > 3 ? [RouteGroup(routes, first)] : routes.map { RouteGroup([$0], $0) }
        }
    }

    private struct Key: Hashable {
        var code: String
        var opinion: MigrationOpinion
    }

    /// `shop.example/cart`, or `20 routes (shop.example/a, …)`.
    var names: String {
        routes.count == 1
            ? first.route : "\(routes.count) routes (\(MigrationItem.shortened(routes.map(\.route))))"
    }

    fileprivate var lines: [String] {
        let ingress = routes.count == 1 ? first.ingress?.description : nil
        let heading = [names, ingress, routes.count == 1 ? first.position.map { "\($0.file):\($0.line)" } : nil]
        var lines = ["  \(first.opinion.verdict.column)  " + heading.compactMap(\.self).joined(separator: "  ")]
        lines += [first.opinion.reason, first.opinion.advice.map { "do: \($0)" }].compactMap(\.self).map {
            "      \($0)"
        }
        if let witness = first.witness {
            lines.append(
                "      \(witness.command)    ingress-nginx: \(witness.ingressNginx)    Postern: \(witness.postern)"
            )
        }
        return lines
    }
}
