package import Diagnostics

/// Words for a comment, which hold no line break: the name of a Kubernetes object, or words of our own.
package struct CommentText: DirectiveArgument, CustomStringConvertible {
    package static var kind: ArgumentKind { .comment }

    package let description: String

    package init(_ object: ObjectReference) { description = object.description }

    /// Words of our own.
    ///
    /// - Precondition: They hold no control character.
    package init(known words: StaticString) {
        description = "\(words)"
        precondition(description.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "a comment ends with its line")
    }

    package func write(to output: inout [UInt8]) { output.append(contentsOf: description.utf8) }
}
