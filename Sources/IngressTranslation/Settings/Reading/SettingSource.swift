import Diagnostics
import KubernetesModel

/// An object that sets values: the one place that knows how the findings of each kind are named and placed.
enum SettingSource {
    /// - Parameter prefix: That of annotations, without the slash.
    case annotations(Ingress, prefix: String)
    /// The ConfigMap of a class.
    case parameters(ConfigMap)
    case global(ConfigMap)

    /// The setting that a name in the object stands for; `nil` for one that no such object may hold.
    func setting(named name: String) -> Setting? {
        switch self {
        case .annotations: SettingTable.annotations[name]
        case .parameters, .global: SettingTable.keys[name]
        }
    }

    /// The value that the object has for a name.
    func value(_ name: String) -> String? {
        switch self {
        case .annotations(let ingress, let prefix): ingress.metadata.annotations["\(prefix)/\(name)"]
        case .parameters(let map), .global(let map): map.data[name]
        }
    }

    /// Whether an empty value of a name is one: it does where it closes, and no other name of the setting has a value.
    func emptyCounts(_ name: String) -> Bool {
        guard let setting = setting(named: name), setting.countsIfEmpty else { return false }
        return ([setting.name] + setting.places.aliases).allSatisfy { (value($0) ?? "").isEmpty }
    }

    /// The path of the field that holds a name.
    func field(_ name: String) -> String {
        switch self {
        case .annotations(_, let prefix): "metadata.annotations[\(prefix)/\(name)]"
        case .parameters, .global: "data[\(name)]"
        }
    }

    private var object: any KubernetesObject {
        switch self {
        case .annotations(let ingress, _): ingress
        case .parameters(let map), .global(let map): map
        }
    }

    /// - Parameter code: The code's end; how it begins tells the kind of object.
    func finding(
        _ severity: Diagnostic.Severity,
        _ code: String,
        _ message: String,
        at name: String,
        hint: String? = nil
    ) -> Diagnostic {
        let kind =
            switch self {
            case .annotations: "annotation"
            case .parameters: "class-parameter"
            case .global: "configmap-key"
            }
        return object.finding(severity, "\(kind)-\(code)", message, at: field(name), hint: hint)
    }

    /// A finding that all kinds of objects have under one code.
    func finding(
        _ severity: Diagnostic.Severity,
        common code: String,
        _ message: String,
        at name: String,
        hint: String? = nil
    ) -> Diagnostic {
        object.finding(severity, code, message, at: field(name), hint: hint)
    }
}
