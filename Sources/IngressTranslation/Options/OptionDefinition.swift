/// One annotation, or one key of a class's parameters, that Postern reads: how its value is understood, and what comes
/// of it.
package struct OptionDefinition: Sendable {
    /// The key, or the name behind `nginx.ingress.kubernetes.io/`.
    package let name: String
    /// What a value looks like, for people: `bool`, `path`.
    package let type: String
    /// The value where none is set; `nil` where that cannot be written as a value.
    package let defaultValue: String?
    package let scope: Scope
    /// Without what of an Ingress it has no effect.
    let need: Need
    /// What it does, in sentences.
    package let effect: String
    /// What happens where the value is invalid, as the end of a sentence: `the default, true, is used`.
    let consequence: @Sendable (_ defaults: IngressOptions) -> String
    /// Parses a value and stores it; throws without storing anything.
    let apply: @Sendable (String, inout IngressOptions) throws(ValueError) -> Void

    /// Which part of a configuration is changed, and so what is shared with other Ingresses.
    package enum Scope: String, Sendable, Hashable {
        /// The paths of the Ingress itself.
        case location
        /// The host: the oldest Ingress that sets it wins.
        case server
        /// Whether the Ingress is served at all.
        case ingress
    }

    /// What of an Ingress an option is about.
    enum Need: Sendable, Hashable {
        case anything
        /// A rule with a host, or for every one.
        case rule
        /// A path of a rule.
        case path
    }

    init<Value>(
        _ name: String,
        _ parser: ValueParser<Value>,
        default defaultValue: String?,
        scope: Scope,
        needs need: Need = .anything,
        effect: String,
        ifInvalid consequence: @escaping @Sendable (_ defaults: IngressOptions) -> String,
        _ option: @escaping @Sendable (inout IngressOptions, Value) -> Void
    ) {
        self.name = name
        type = parser.type
        self.defaultValue = defaultValue
        self.scope = scope
        self.need = need
        self.effect = effect
        self.consequence = consequence
        apply = { text, options throws(ValueError) in option(&options, try parser.parse(text)) }
    }
}

/// Why a value is refused: the end of the sentence "the value …".
struct ValueError: Error, Hashable {
    var reason: String
}
