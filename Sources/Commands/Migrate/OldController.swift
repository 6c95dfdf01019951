import Diagnostics
import Manifests
import YAML

/// A workload that runs the controller of ingress-nginx, with the flags that it is given.
struct OldController {
    struct Flag: Hashable {
        /// Without the hyphens.
        var name: String
        /// `nil` for a flag without a value.
        var value: String?
        var place: MigrationPlace
    }

    /// Such as `Deployment ingress-nginx/ingress-nginx-controller`.
    var name: String
    var namespace: String
    var position: SourcePosition?
    var flags: [Flag]

    /// The value of the last flag of a name, with the namespace of the Pod filled in.
    func value(of name: String) -> String? {
        flags.last { $0.name == name }?.value?.replacing("$(POD_NAMESPACE)", with: namespace)
    }

    /// Whether a flag is given that is on or off; `nil` where it is not.
    func isOn(_ name: String) -> Bool? {
        guard let flag = flags.last(where: { $0.name == name }) else { return nil }
        return !flag.isOff
    }
}

extension OldController.Flag {
    /// Whether its value says no.
    var isOff: Bool { ["0", "f", "F", "FALSE", "false", "False"].contains(value) }
}

extension OldController {
    /// The ones among manifests.
    static func controllers(in files: [ManifestFile]) -> [OldController] {
        files.filter { file in marks.contains { file.bytes.contains($0.utf8) } }.flatMap { file in
            DocumentReader(file.bytes, file: file.name).flatMap { document in
                document.root.map { controllers(in: $0, file: file.name) } ?? []
            }
        }
    }

    /// How images and programs of the controller are named.
    private static let marks = ["ingress-nginx/controller", "nginx-ingress-controller"]

    /// - Parameter inherited: The kind of objects that say none, as those of a list of one kind.
    private static func controllers(in root: Node, file: String, inherited: String? = nil) -> [OldController] {
        if case .sequence(let items) = root["items"]?.value {
            let kind = root["kind"]?.text.map { String($0.dropLast("List".count)) }
            return items.flatMap { controllers(in: $0, file: file, inherited: kind) }
        }
        guard let kind = root["kind"]?.text ?? inherited, ["Deployment", "DaemonSet"].contains(kind) else { return [] }
        guard case .sequence(let containers) = root["spec"]?["template"]?["spec"]?["containers"]?.value else {
            return []
        }
        let namespace = root["metadata"]?["namespace"]?.text ?? "default"
        let name = "\(kind) \(namespace)/\(root["metadata"]?["name"]?.text ?? "")".printable
        return containers.filter(isController).map { container in
            OldController(
                name: name,
                namespace: namespace,
                position: SourcePosition(root.position, in: file),
                flags: flags(of: container, name, file)
            )
        }
    }

    private static func isController(_ container: Node) -> Bool {
        let texts = [container["image"]] + arguments(of: container)
        return texts.contains { node in marks.contains { node?.text?.contains($0) ?? false } }
    }

    private static func arguments(of container: Node) -> [Node?] {
        ["command", "args"].flatMap { field -> [Node?] in
            guard case .sequence(let items) = container[field]?.value else { return [] }
            return items
        }
    }

    /// A flag's value stands behind `=`, or in the next argument.
    private static func flags(of container: Node, _ object: String, _ file: String) -> [Flag] {
        var flags: [Flag] = []
        for case let argument? in arguments(of: container) {
            guard case .scalar(let scalar) = argument.value else { continue }
            guard scalar.text.hasPrefix("-") else {
                if let last = flags.indices.last, flags[last].value == nil { flags[last].value = scalar.text }
                continue
            }
            let parts = scalar.text.drop { $0 == "-" }
                .split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let name = parts.first, !name.isEmpty else { continue }
            let place = MigrationPlace(object: object, position: SourcePosition(argument.position, in: file))
            flags.append(Flag(name: name, value: parts.count > 1 ? parts[1] : nil, place: place))
        }
        return flags
    }
}
