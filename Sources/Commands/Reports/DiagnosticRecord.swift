import Diagnostics

/// One finding as JSON has it.
struct DiagnosticRecord: Codable, Hashable {
    struct Object: Codable, Hashable {
        var kind: String
        var namespace: String?
        var name: String

        init(_ reference: ObjectReference) {
            kind = reference.kind
            namespace = reference.namespace.isEmpty ? nil : reference.namespace
            name = reference.name
        }
    }

    var severity: String
    var code: String
    var message: String
    var object: Object?
    var field: String?
    var file: String?
    var line: Int?
    var column: Int?
    var hint: String?

    init(_ diagnostic: Diagnostic) {
        severity = diagnostic.severity.rawValue
        code = diagnostic.code
        message = diagnostic.message
        object = diagnostic.object.map(Object.init)
        field = diagnostic.field
        file = diagnostic.position?.file
        line = diagnostic.position?.line
        column = diagnostic.position?.column
        hint = diagnostic.hint
    }
}
