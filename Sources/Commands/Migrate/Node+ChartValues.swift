import IngressTranslation
import YAML

extension Node {
    /// The value at the end of a path of keys.
    subscript(path path: [String]) -> Node? {
        path.reduce(self) { node, key in node?[key] }
    }

    /// The entries of a mapping; none of anything else.
    var entries: [Mapping.Entry] { if case .mapping(let mapping) = value { mapping.entries } else { [] } }

    /// The elements of a list; `nil` of anything else.
    var elements: [Node]? { if case .sequence(let items) = value { items } else { nil } }

    /// A value as a template of a chart writes it, whatever its type; `nil` for none and for a list.
    var plainText: String? {
        guard case .scalar(let scalar) = value, scalar.meaning != .null else { return nil }
        return scalar.text
    }

    var isTrue: Bool {
        guard case .scalar(let scalar) = value else { return false }
        return scalar.meaning == .boolean(true) || scalar.text == "true"
    }

    /// Whether a chart's part `controller` is that of ingress-nginx by its looks: other charts have one of this name too.
    var isOfIngressNginx: Bool {
        let keys = Set(entries.map(\.key))
        let image = self[path: ["image", "repository"]]?.text ?? self[path: ["image", "image"]]?.text ?? ""
        guard !["haproxy", "kong", "nginx/nginx-ingress", "traefik"].contains(where: image.contains) else {
            return false
        }
        let controller = self[path: ["ingressClassResource", "controllerValue"]]?.text ?? ""
        if controller.hasPrefix("k8s.io/") { return true }
        let isSpecial = !keys.isDisjoint(with: [
            "allowSnippetAnnotations", "watchIngressWithoutClass", "enableAnnotationValidations",
            "enableTopologyAwareRouting", "electionID", "electionTTL", "maxmindLicenseKey", "proxySetHeaders",
            "ingressClassByName",
        ])
        let known = SettingListing(.keys).entries.map(\.name)
        return isSpecial || self["config"]?.entries.contains { known.contains($0.key) } ?? false
    }
}
