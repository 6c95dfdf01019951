/// One annotation that Postern reads: how its value is understood, and what comes of it.
package struct AnnotationDefinition: Sendable {
    /// The name behind `nginx.ingress.kubernetes.io/`.
    package let name: String
    /// What a value looks like, for people: `bool`, `path`.
    package let type: String
    /// The value that an Ingress without the annotation has, for people.
    package let defaultValue: String
    package let scope: Scope
    /// What the annotation does, in one sentence.
    package let effect: String
    /// What happens where the value is invalid, as the end of a sentence: `the default, true, is used`.
    let consequence: String
    /// Parses a value and stores it; throws without storing anything.
    let apply: @Sendable (String, inout IngressOptions) throws(AnnotationError) -> Void

    /// Which part of a configuration an annotation changes, and so what it shares with other Ingresses.
    package enum Scope: String, Sendable, Hashable {
        /// The paths of the Ingress itself.
        case location
        /// The host: the oldest Ingress that sets it wins.
        case server
        /// Whether the Ingress is served at all.
        case ingress
    }

    init<Value>(
        _ name: String,
        _ parser: AnnotationParser<Value>,
        default defaultValue: String,
        scope: Scope,
        effect: String,
        ifInvalid consequence: String,
        _ option: @escaping @Sendable (inout IngressOptions, Value) -> Void
    ) {
        self.name = name
        type = parser.type
        self.defaultValue = defaultValue
        self.scope = scope
        self.effect = effect
        self.consequence = consequence
        apply = { text, options throws(AnnotationError) in option(&options, try parser.parse(text)) }
    }
}

/// Why a value is refused: the end of the sentence "the value …".
struct AnnotationError: Error, Hashable {
    var reason: String
}
