import NginxSyntax

/// How the value of a setting that is read is parsed, stored and merged.
package struct SettingField: Sendable {
    /// Parses a value and stores it; throws without storing anything.
    var read: @Sendable (String, inout SettingValues) throws(ValueError) -> Void
    /// The parts of a value that do not count, and why.
    var leftOut: @Sendable (String) -> [ValueError] = { _ in [] }
    /// Stores what other values hold; returns whether that was another value.
    let take: @Sendable (SettingValues, inout SettingValues) -> Bool
    let ifInvalid: InvalidValue
    /// The directive that it needs; `nil` where any nginx will do.
    var directive: DirectiveSyntax?
    /// The replacement of an invalid value, as the end of a sentence: `60s is used`.
    let substitute: @Sendable (SettingValues) -> String
    /// Whether an annotation with an empty value is read, and not taken for absent.
    var readsEmpty = false
    /// Says which objects may set it; `nil` for all that may hold it.
    var gate: SettingGate?
}

/// Which objects may set a setting that others may hold without an effect.
package struct SettingGate: Sendable {
    let isOpen: @Sendable (SettingSource, SettingValues) -> Bool
    /// The meaning of a value in other objects.
    let closed: UnsupportedSetting
}

/// The meaning of an invalid value of a setting.
///
/// None of them opens what a value might have closed.
enum InvalidValue: Sendable {
    /// The value of the outer layer counts: for settings that keep nobody away.
    case usesDefault
    /// The same, where the outer layer says what the sentence's end does: `paths are not rewritten`.
    case usesDefaultSaying(String)
    /// The setting grants nothing to anybody: `no origin is allowed`.
    case allowsNothing(String, @Sendable (inout SettingValues) -> Void)
    /// Requests that the setting is about are refused: `requests answer 503`.
    case closes(String, @Sendable (inout SettingValues) -> Void)
}

/// Why a value is refused: the end of the sentence "the value …".
struct ValueError: Error, Hashable {
    var reason: String
}
