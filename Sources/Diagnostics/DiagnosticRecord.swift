/// One finding as JSON has it.
package struct DiagnosticRecord: Codable, Hashable {
    package struct Object: Codable, Hashable {
        package var kind: String
        package var namespace: String?
        package var name: String

        package init(_ reference: ObjectReference) {
            kind = reference.kind
            namespace = reference.namespace.isEmpty ? nil : reference.namespace
            name = reference.name
        }
    }

    package var severity: String
    package var code: String
    package var message: String
    package var object: Object?
    package var field: String?
    package var file: String?
    package var line: Int?
    package var column: Int?
    package var hint: String?

    package init(_ diagnostic: Diagnostic) {
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
