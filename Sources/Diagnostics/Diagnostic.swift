/// A finding in somebody's input: what is wrong, where, and what happens to traffic because of it.
///
/// Whatever its parts are made of, they hold only what prints: each is one line, of bounded length.
package struct Diagnostic: Sendable, Hashable {
    /// How much a finding matters.
    package enum Severity: String, Sendable, Hashable, CaseIterable {
        /// Something that the input asks for is not served.
        case error
        /// It is served, but probably not as its author meant.
        case warning
        /// Good to know; not a finding that fails a check.
        case note
    }

    package var severity: Severity
    /// A stable kebab-case name for this kind of finding, such as `service-not-found`.
    package var code: String
    private var storedMessage: PrintableText
    /// The Kubernetes object that the finding is about.
    package var object: ObjectReference?
    private var storedField: PrintableText?
    /// Where that field stands, when the object came from a file.
    package var position: SourcePosition?
    private var storedHint: PrintableText?

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
        storedMessage = PrintableText(message)
        self.object = object
        storedField = field.map { PrintableText($0) }
        self.position = position
        storedHint = hint.map { PrintableText($0) }
    }

    package var message: String {
        get { storedMessage.text }
        set { storedMessage = PrintableText(newValue) }
    }

    /// The field's path in that object, such as `spec.rules[0].host`.
    package var field: String? {
        get { storedField?.text }
        set { storedField = newValue.map { PrintableText($0) } }
    }

    /// Advice for resolving it.
    package var hint: String? {
        get { storedHint?.text }
        set { storedHint = newValue.map { PrintableText($0) } }
    }
}
