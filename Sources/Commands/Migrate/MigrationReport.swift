import Diagnostics
import IngressTranslation
import KubernetesModel
import ProxyConfiguration

/// The differences between ingress-nginx and Postern for one team, in the order in which a person reads them.
struct MigrationReport {
    /// An Ingress, and what stands in its way.
    struct Standing {
        var name: String
        var place: MigrationPlace
        var verdict: MigrationVerdict
        /// What needs work, or differs, in a few words each.
        var causes: [String]
    }

    /// The controllers of ingress-nginx that the input has.
    let controllers: [OldController]
    private(set) var standings: [Standing] = []
    let annotations: [MigrationItem]
    let keys: [MigrationItem]
    let flags: [MigrationItem]
    let ports: [MigrationItem]
    let table: RouteTable
    let differences: RouteDifferences
    /// What could not be looked at.
    let notes: [String]
    /// How many Ingresses are of other classes.
    private let otherCount: Int
    /// Whether nothing is in use that could be ready, as where the input is another than was meant.
    private let isBlank: Bool

    /// - Parameter forbidden: The kinds of objects that may not be read.
    init(of result: Pipeline.Result, settings: TranslationSettings, _ setup: OldSetup, forbidden: [String] = []) {
        controllers = setup.controllers
        let others = Set(result.translation.leftOut.compactMap(\.object))
        let ingresses = result.snapshot.ingresses
            .filter { $0.reference.map { !others.contains($0) } ?? true }
            .sorted { $0.namespacedName < $1.namespacedName }
        let findings = FindingTable(result.diagnostics)
        table = RouteTable(result)
        let names = table.namesByIngress
        let map = settings.globalConfigMap.flatMap { name in
            result.snapshot.configMaps.first { $0.namespacedName == name }
        }
        differences = RouteDifferences(
            table,
            ingresses,
            result.diagnostics,
            prefix: settings.annotationPrefix,
            isStrict: map?.data["strict-validate-path-type"] != "false"
        )
        var annotations = SettingInventory(.annotations, findings: findings)
        for ingress in ingresses {
            let items = annotations.add(
                annotationsOf: ingress,
                prefix: settings.annotationPrefix,
                routes: ingress.reference.flatMap { names[$0] } ?? []
            )
            standings.append(Standing(ingress, items, findings[ingress.reference], differences))
        }
        self.annotations = annotations.items
        var keys = SettingInventory(.keys, findings: findings)
        if let map { _ = keys.add(keysOf: map) }
        self.keys = keys.items
        flags = FlagInventory.items(of: setup.controllers) + setup.values.flatMap(\.others)
        ports = PortInventory.items(of: setup, in: result.snapshot, findings: findings)
        otherCount = result.snapshot.ingresses.count - ingresses.count
        isBlank =
            result.snapshot.ingresses.isEmpty && setup.controllers.isEmpty && self.keys.isEmpty && ports.isEmpty
        notes =
            Self.notes(setup, settings, hasKeys: !self.keys.isEmpty)
            + forbidden.map {
                "objects of kind \($0) may not be read with these credentials: they are taken to be there"
            }
    }

    private static func notes(_ setup: OldSetup, _ settings: TranslationSettings, hasKeys: Bool) -> [String] {
        var notes = setup.strangers.map { position in
            "\(position): the file has none of the sections of ingress-nginx's chart, such as 'controller'; nothing of it is read"
        }
        if setup.controllers.isEmpty {
            notes.append(
                "no Deployment, DaemonSet or chart values of ingress-nginx are in the input: its flags and ports are not known"
            )
        }
        if settings.globalConfigMap == nil {
            notes.append("no ConfigMap of ingress-nginx is named: --configmap names it")
        } else if !hasKeys, let name = settings.globalConfigMap {
            notes.append("ConfigMap '\(name)' is not in the input, or is empty")
        }
        return notes
    }

    var routes: [RouteDifference] { differences.all }

    /// What has to be worked on beside Ingresses.
    var sharedWork: [MigrationItem] { (keys + flags + ports).filter { $0.verdict == .missing } }

    var isReady: Bool { !isBlank && sharedWork.isEmpty && !standings.contains { $0.verdict == .missing } }

    var hasDifferences: Bool {
        !isReady || !routes.isEmpty || (annotations + keys + flags).contains { $0.verdict == .different }
    }

    /// One line: `Ready: all 120 Ingresses would be served as today, 2 of them with differences`.
    var readiness: String {
        let missing = standings.filter { $0.verdict == .missing }
        let different = standings.count { $0.verdict == .different }
        var text = isReady ? "Ready: " : "Not ready: "
        let served = standings.count - missing.count
        guard !isBlank else { return text + "there is neither an Ingress nor an ingress-nginx in the input" }
        guard !standings.isEmpty else {
            let others = otherCount == 0 ? "" : ", and \(otherCount) of other classes"
            return text + "there is no Ingress of the class in the input" + others + shared
        }
        text += served == standings.count && served != 1 ? "all \(served)" : "\(served) of \(standings.count)"
        text += " Ingress\(standings.count == 1 ? "" : "es") would be served as today"
        if different > 0 { text += ", \(different) of them with differences" }
        if !missing.isEmpty {
            let shown = missing.prefix(3).map { "\($0.name) (\($0.causes.prefix(3).joined(separator: ", ")))" }
            let rest = missing.count > 3 ? ", …" : ""
            text +=
                "; \(missing.count) need\(missing.count == 1 ? "s" : "") work: "
                + shown.joined(separator: ", ") + rest
        }
        return text + shared
    }

    /// What needs work beside Ingresses, as the end of the line.
    private var shared: String {
        guard !sharedWork.isEmpty else { return "" }
        let names = sharedWork.prefix(5).map(\.name).joined(separator: ", ")
        return "; beside Ingresses: \(names)\(sharedWork.count > 5 ? ", …" : "")"
    }
}

extension MigrationReport.Standing {
    fileprivate init(
        _ ingress: Ingress,
        _ items: [MigrationItem],
        _ findings: [Diagnostic],
        _ differences: RouteDifferences
    ) {
        name = "\(ingress.namespacedName)".printable
        place = MigrationPlace(object: "Ingress \(ingress.namespacedName)", position: ingress.metadata.source?.position)
        let others = findings.filter { !($0.field ?? "").hasPrefix("metadata.annotations[") }
        let structural = ingress.reference.map { differences.structural.contains($0) } ?? false
        let verdicts =
            items.map { ($0.verdict, $0.name) } + others.map { ($0.migrationVerdict, $0.code) }
            + (structural ? [(MigrationVerdict.different, "paths")] : [])
        let worst = verdicts.map(\.0).max() ?? .identical
        verdict = worst
        var seen: Set<String> = []
        causes =
            worst < .different
            ? [] : verdicts.filter { $0.0 == worst }.map(\.1.excerpt).filter { seen.insert($0).inserted }
    }
}

extension RouteTable {
    /// The names of routes by the Ingress that has them, or that takes some of their requests as a canary.
    fileprivate var namesByIngress: [ObjectReference: [String]] {
        var names: [ObjectReference: [String]] = [:]
        for route in routes {
            for case let ingress? in [route.location.origin, route.location.canaryOrigin] {
                names[ingress, default: []].append(route.name)
            }
        }
        return names
    }
}
