package import Diagnostics

/// A value whose fields a template may name: `{% template Server %}` puts the fields of `Server` in scope.
package protocol TemplateContext: Sendable, Hashable {
    /// The name that templates and messages use, such as `Server`; no two contexts of a library share one.
    static var name: String { get }

    /// The fields that templates can read, each under a name of its own.
    static var fields: [TemplateField<Self>] { get }

    /// The object that the lines of this part come from.
    ///
    /// `nil` means that they belong to whatever the enclosing part belongs to.
    var origin: ObjectReference? { get }

    /// By what the lists within this part are remembered, so that not all of them is rendered again where little of
    /// them has changed; `nil` where they are not.
    var memory: ListMemory? { get }
}

extension TemplateContext {
    package var origin: ObjectReference? { nil }
    package var memory: ListMemory? { nil }
}
