import Diagnostics
import KubernetesModel
import Manifests
import YAML

/// The values of ingress-nginx's Helm chart, as far as they decide what becomes of requests.
struct ChartValues {
    let file: String
    private let controller: Node?
    private let root: Node
    private let top: Node.Position
    private let linesBefore: Int

    /// Takes the values of the chart itself, or of one that has it as a part.
    ///
    /// - Parameter isNamed: Whether somebody says that the file has values, so that its looks need not.
    init?(_ file: ManifestFile, isNamed: Bool = false) {
        let documents = Array(DocumentReader(file.bytes, file: file.name).prefix(2))
        guard documents.count == 1, let top = documents.first?.root, case .mapping = top.value else { return nil }
        let isPart = top["ingress-nginx"]?["controller"] != nil
        guard
            isNamed || top["apiVersion"] == nil && (isPart || top["controller"]?.isOfIngressNginx ?? false)
        else { return nil }
        self.init(top, file: file.name)
    }

    /// Takes values that stand in a file.
    ///
    /// - Parameter lines: How many lines of the file come before them where they are a text of their own.
    init(_ top: Node, file: String, linesBefore lines: Int = 0) {
        self.file = file
        root = top["ingress-nginx"] ?? top
        self.top = top.position
        controller = root["controller"]
        linesBefore = lines
    }

    /// Whether something of it is a section of the chart.
    var isOfChart: Bool { root.entries.contains { Self.sections.contains($0.key) } }

    /// Where it begins.
    var start: SourcePosition { position(of: top) }

    /// The sections of the chart, read or not.
    private static let sections: Set<String> = [
        "commonLabels", "controller", "defaultBackend", "dhParam", "fullnameOverride", "global", "imagePullSecrets",
        "nameOverride", "namespaceOverride", "podSecurityPolicy", "portNamePrefix", "rbac", "revisionHistoryLimit",
        "serviceAccount", "tcp", "udp",
    ]

    private func position(of position: Node.Position) -> SourcePosition {
        SourcePosition(file: file, line: position.line + linesBefore, column: position.column)
    }

    /// Where the chart is installed, as its documentation has it.
    static let namespace = "ingress-nginx"
    static let configMapName = "ingress-nginx-controller"

    /// What ports are for beside HTTP, as the chart names it.
    private static let transports = ["tcp", "udp"]
    private static func streamConfigMapName(_ transport: String) -> String { "ingress-nginx-\(transport)" }

    /// The controller that the chart would install.
    var oldController: OldController {
        OldController(
            name: "Helm values",
            namespace: Self.namespace,
            position: position(of: top),
            flags: flags
        )
    }

    private func place(_ node: Node) -> MigrationPlace {
        MigrationPlace(object: "Helm values", position: position(of: node.position))
    }

    private var flags: [OldController.Flag] {
        var flags: [OldController.Flag] = []
        func add(_ name: String, _ node: Node?, _ value: String?) {
            if let node, let value, !value.isEmpty { flags.append(.init(name: name, value: value, place: place(node))) }
        }
        for (path, name) in Self.texts {
            let node = controller?[path: path]
            add(name, node, node?.plainText)
        }
        for (path, name) in Self.switches where controller?[path: path]?.isTrue ?? false {
            add(name, controller?[path: path], "true")
        }
        if controller?[path: ["scope", "enabled"]]?.isTrue ?? false {
            let namespace = controller?[path: ["scope", "namespace"]]?.plainText ?? ""
            add(
                "watch-namespace",
                controller?[path: ["scope", "enabled"]],
                namespace.isEmpty ? Self.namespace : namespace
            )
        }
        for kind in Self.transports where !Self.data(of: root[kind]).isEmpty {
            add("\(kind)-services-configmap", root[kind], "\(Self.namespace)/\(Self.streamConfigMapName(kind))")
        }
        for entry in controller?["extraArgs"]?.entries ?? [] {
            let value = entry.value.plainText ?? ""
            flags.append(.init(name: entry.key, value: value.isEmpty ? nil : value, place: place(entry.value)))
        }
        return flags
    }

    /// Values that become values of flags.
    private static let texts: [(path: [String], flag: String)] = [
        (["ingressClass"], "ingress-class"), (["ingressClassResource", "controllerValue"], "controller-class"),
        (["electionID"], "election-id"), (["electionTTL"], "election-ttl"),
        (["maxmindLicenseKey"], "maxmind-license-key"), (["scope", "namespaceSelector"], "watch-namespace-selector"),
        (["publishService", "pathOverride"], "publish-service"), (["healthCheckHost"], "healthz-host"),
    ]

    /// Values that become flags where they are true.
    private static let switches: [(path: [String], flag: String)] = [
        (["ingressClassByName"], "ingress-class-by-name"),
        (["watchIngressWithoutClass"], "watch-ingress-without-class"),
        (["enableTopologyAwareRouting"], "enable-topology-aware-routing"),
        (["reportNodeInternalIp"], "report-node-internal-ip-address"),
        (["disableLeaderElection"], "disable-leader-election"), (["metrics", "enabled"], "enable-metrics"),
        (["admissionWebhooks", "enabled"], "validating-webhook"),
    ]

    /// The ConfigMap of the controller, those with headers that it names, and those of ports.
    var configMaps: [ConfigMap] {
        var data = Self.data(of: controller?["config"])
        if let snippets = controller?["allowSnippetAnnotations"] {
            data.append(("allow-snippet-annotations", snippets.isTrue ? "true" : "false", snippets))
        }
        var maps: [ConfigMap] = []
        for (path, key) in [("addHeaders", "add-headers"), ("proxySetHeaders", "proxy-set-headers")] {
            guard let node = controller?[path], !(node.entries.isEmpty) else { continue }
            let name = "ingress-nginx-custom-\(key)"
            maps.append(map(named: name, Self.data(of: node), at: node))
            data.append((key, "\(Self.namespace)/\(name)", node))
        }
        for kind in Self.transports {
            let ports = Self.data(of: root[kind])
            if let node = root[kind], !ports.isEmpty {
                maps.append(map(named: Self.streamConfigMapName(kind), ports, at: node))
            }
        }
        guard !data.isEmpty else { return maps }
        return maps + [map(named: Self.configMapName, data, at: controller ?? root)]
    }

    private typealias Entry = (key: String, value: String, node: Node)

    private static func data(of node: Node?) -> [Entry] {
        (node?.entries ?? []).compactMap { entry in entry.value.plainText.map { (entry.key, $0, entry.value) } }
    }

    private func map(named name: String, _ data: [Entry], at node: Node) -> ConfigMap {
        let places = data.map { entry in
            ("data[\(entry.key)]", ManifestSource.FieldPosition(position(of: entry.node.position)))
        }
        let source = ManifestSource(
            position: position(of: node.position),
            fields: Dictionary(places) { _, last in last }
        )
        return ConfigMap(
            metadata: ObjectMetadata(name: name, namespace: Self.namespace, source: source),
            data: Dictionary(data.map { ($0.key, $0.value) }) { _, last in last }
        )
    }

    /// What is neither a flag nor a key.
    var others: [MigrationItem] {
        guard let node = controller?[path: ["customTemplate", "configMapName"]], node.plainText?.isEmpty == false else {
            return []
        }
        return [
            MigrationItem(
                name: "customTemplate",
                opinion: MigrationOpinion(
                    verdict: .missing,
                    reason: "Postern does not read templates of ingress-nginx",
                    advice: "put what it adds into settings, or into a template of Postern's own, --templates"
                ),
                places: [place(node)]
            )
        ]
    }
}

extension ManifestSource.FieldPosition {
    fileprivate init(_ position: SourcePosition) { self.init(line: position.line, column: position.column) }
}
