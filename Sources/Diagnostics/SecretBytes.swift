/// Bytes that do not print: every description gives only their number.
///
/// They stand here because both the Kubernetes objects that bring keys and the files that take them
/// hold nothing but this type.
package struct SecretBytes: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var description: String { "<\(bytes.count) secret bytes>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["count": bytes.count]) }
}
