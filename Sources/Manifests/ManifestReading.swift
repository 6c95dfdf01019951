package import Diagnostics

/// The content of one file of manifests, before it is joined with others.
package struct ManifestReading: Sendable, Hashable {
    /// One document of the file.
    package struct Part: Sendable, Hashable {
        package var diagnostics: [Diagnostic]
        package var objects: [ManifestObject]
        /// Whether the document could be read at all, whatever became of the objects in it.
        package var isReadable: Bool
        /// The objects that are left out for what is wrong with them.
        var refused: [ObjectReference] = []
        var nature: DocumentNature
        /// Whether the document says nothing.
        var isEmpty = false
        /// Those of the findings that matter only to who relies on an object, which is `nil` where it has no name.
        var asides: [Aside] = []

        struct Aside: Sendable, Hashable {
            var object: ObjectReference?
            var finding: Diagnostic
        }

        package init(diagnostics: [Diagnostic] = [], objects: [ManifestObject] = [], isReadable: Bool = true) {
            self.diagnostics = diagnostics
            self.objects = objects
            self.isReadable = isReadable
            nature = .manifest
        }
    }

    /// In the order of the file.
    package var parts: [Part]

    package init(parts: [Part] = []) {
        self.parts = parts
    }

    package var objects: [ManifestObject] { parts.flatMap(\.objects) }
    package var diagnostics: [Diagnostic] { parts.flatMap(\.diagnostics) }
    /// Whether every document could be read.
    package var isReadable: Bool { parts.allSatisfy(\.isReadable) }
}
