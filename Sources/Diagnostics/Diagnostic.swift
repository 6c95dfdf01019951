/// A finding in somebody's input: what is wrong, where, and what happens to traffic because of it.
package struct Diagnostic: Sendable, Hashable {
    /// How much a finding matters.
    package enum Severity: String, Sendable, Hashable, CaseIterable {
        /// What the input asks for is not served.
        case error
        /// It is served, but probably not as its author meant.
        case warning
        /// Good to know; not a finding that fails a check.
        case note
    }

    package var severity: Severity
    /// A stable kebab-case name for this kind of finding, such as `service-not-found`.
    package var code: String
    package var message: String
    /// The Kubernetes object that the finding is about.
    package var object: ObjectReference?
    /// The field's path in that object, such as `spec.rules[0].host`.
    package var field: String?
    /// Where that field stands, when the object came from a file.
    package var position: SourcePosition?
    /// What to do about it.
    package var hint: String?

    package init(
        _ severity: Severity,
        code: String,
        _ message: String,
        object: ObjectReference? = nil,
        field: String? = nil,
        position: SourcePosition? = nil,
        hint: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.object = object
        self.field = field
        self.position = position
        self.hint = hint
    }
}
