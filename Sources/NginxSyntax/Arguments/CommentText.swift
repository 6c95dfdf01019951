package import Diagnostics

/// Words for a comment: the name of a Kubernetes object, which holds no line break.
package struct CommentText: DirectiveArgument, CustomStringConvertible {
    package static var kind: ArgumentKind { .comment }

    package let object: ObjectReference

    package init(_ object: ObjectReference) { self.object = object }

    package var description: String { object.description }

    package func write(to output: inout [UInt8]) { output.append(contentsOf: object.description.utf8) }
}
