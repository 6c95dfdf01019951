/// One setting of ingress-nginx: where it may be set, how its value is understood, and what comes of it.
///
/// A row of a table: reading, merging, documentation, and the inputs of tests are made from it.
package struct Setting: Sendable {
    /// The annotation's name behind the prefix, or the key of a ConfigMap.
    package let name: String
    package let places: SettingPlaces
    /// The type of a value, for people: `bool`, `path`.
    package let type: String
    /// Values that are taken, each another one; none for a setting that is not read.
    package let examples: [String]
    /// The value where none is set; `nil` where that cannot be written as a value.
    package let defaultValue: String?
    package let scope: Scope
    /// Without what of an Ingress it has no effect.
    let need: Need
    /// The effect of the setting, in sentences.
    package let effect: String
    package internal(set) var handling: Handling
    /// How it compares with that of ingress-nginx; `nil` where the row does not say.
    package internal(set) var comparison: Comparison?
    /// The risk of its annotation.
    package internal(set) var risk = Risk.low
    /// Whether its value is the name of a ConfigMap, which is to be read as well.
    var namesConfigMap = false
    /// Whether a value that is read keeps clients away.
    var keepsClientsAway = false

    package enum Handling: Sendable {
        case read(SettingField)
        case unsupported(UnsupportedSetting)
    }

    /// Which part of a configuration is changed, and so what is shared with other Ingresses.
    package enum Scope: String, Sendable, Hashable, CaseIterable {
        /// The paths of the Ingress itself.
        case location
        /// The host: the oldest Ingress that sets it wins.
        case server
        /// The endpoints of the Ingress's Services; Ingresses that set it differently have upstreams of their own.
        case upstream
        /// Whether the Ingress is served at all.
        case ingress
        /// All of nginx.
        case http
    }

    /// The part of an Ingress that a setting is about.
    enum Need: Sendable, Hashable {
        case anything
        /// A rule with a host, or for every one.
        case rule
        /// A path of a rule.
        case path
    }

    /// Why the setting is not read; `nil` for one that is.
    package var unsupported: UnsupportedSetting? {
        if case .unsupported(let unsupported) = handling { unsupported } else { nil }
    }

    /// How a value may keep clients away, whether it is read or not; `nil` where none does.
    var guardRule: GuardRule? {
        keepsClientsAway ? .anything : field?.gate?.closed.guards ?? unsupported?.guards
    }

    /// Whether an empty value is one, because to take it for none could open what it is meant to close.
    var countsIfEmpty: Bool {
        guard let field else { return unsupported?.guardsAccess ?? false }
        switch field.ifInvalid {
        case .usesDefault, .usesDefaultSaying, .closes: return field.readsEmpty
        case .allowsNothing: return true
        }
    }

    /// How the value is stored; `nil` for a setting that is not read.
    var field: SettingField? {
        if case .read(let field) = handling { field } else { nil }
    }
}

/// Where a setting may be set, and under which other names.
package struct SettingPlaces: Sendable, Hashable {
    package var isAnnotation: Bool
    /// Names of the annotation beside its own, each read where the ones before it are absent or empty.
    package var aliases: [String] = []
    package var isGlobalKey: Bool
    /// Whether the ConfigMap of a class may hold the key as well.
    package var isClassKey: Bool

    /// An annotation, and a key of the same name for Ingresses without it.
    static let everywhere = SettingPlaces(isAnnotation: true, isGlobalKey: true, isClassKey: true)
    static let annotation = SettingPlaces(isAnnotation: true, isGlobalKey: false, isClassKey: false)
    /// A key of the global ConfigMap, or of a class's for its Ingresses.
    static let configMaps = SettingPlaces(isAnnotation: false, isGlobalKey: true, isClassKey: true)
    /// A key of the global ConfigMap alone, because it is about all of nginx.
    static let global = SettingPlaces(isAnnotation: false, isGlobalKey: true, isClassKey: false)

    static func annotation(or aliases: String...) -> SettingPlaces {
        SettingPlaces(isAnnotation: true, aliases: aliases, isGlobalKey: false, isClassKey: false)
    }
}
