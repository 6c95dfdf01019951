import Diagnostics
import IngressTranslation

/// The settings that may be set in one place, each by every name that it has there.
struct SettingListing {
    enum Place: String {
        case annotations, keys
    }

    let place: Place
    private(set) var entries: [Entry]

    struct Entry {
        var name: String
        var setting: Setting
        /// The risk of an annotation; `nil` for a key.
        var risk: Setting.Risk?
        /// Whether `name` is another name of the setting.
        var isAlias: Bool { name != setting.name }
    }

    init(_ place: Place) {
        self.place = place
        entries = SettingTable.all.flatMap { setting in
            switch place {
            case .annotations:
                setting.places.isAnnotation
                    ? ([setting.name] + setting.places.aliases).map {
                        Entry(name: $0, setting: setting, risk: setting.risk)
                    } : []
            case .keys: setting.places.isGlobalKey ? [Entry(name: setting.name, setting: setting)] : []
            }
        }.sorted { $0.name < $1.name }
    }

    /// Keeps those of these names; throws for a name that there is none of.
    mutating func select(_ names: [String]) throws(CommandFailure) {
        for name in names where !entries.contains(where: { $0.name == name }) {
            let suggestion = Spelling.suggestion(for: name, among: entries.map(\.name))
            let kind = place == .annotations ? "annotation" : "key"
            throw CommandFailure(
                "ingress-nginx has no \(kind) '\(name.excerpt)'" + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
            )
        }
        entries.removeAll { !names.contains($0.name) }
    }

    /// How many of them are as in ingress-nginx, differ and are not read.
    var counts: (identical: Int, different: Int, notRead: Int) {
        (
            read.filter { $0.setting.comparison == .identical }.count,
            read.filter { $0.setting.comparison != .identical }.count,
            notRead.count
        )
    }

    var read: [Entry] { entries.filter { $0.setting.unsupported == nil } }
    var notRead: [Entry] { entries.filter { $0.setting.unsupported != nil } }
}

extension SettingListing.Entry {
    /// The effect of the setting; for another name, the setting that it belongs to.
    var effect: String { isAlias ? "Is another name of \(setting.name)." : setting.effect }

    /// Which part it changes, in words.
    var scope: String {
        switch setting.scope {
        case .location: "paths of the Ingress"
        case .server: "host"
        case .upstream: "upstream"
        case .ingress: "Ingress"
        case .http: "all of nginx"
        }
    }

    /// How it compares with that of ingress-nginx, in words.
    var comparison: String {
        switch setting.comparison {
        case .identical: "identical"
        case .different(let difference): difference
        case .missing(let need): need
        case nil: ""
        }
    }

    /// Why it has no effect, and what a value does all the same.
    var reason: String? {
        setting.unsupported.map { unsupported in
            unsupported.reason.text
                + (unsupported.guardsAccess ? "; a value that restricts access closes with 503" : "")
        }
    }
}
