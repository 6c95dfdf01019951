/// A file of manifests as a value; whoever makes one has read the disk.
package struct ManifestFile: Sendable, Hashable {
    /// The name that diagnostics give it; `<stdin>` for standard input.
    package var name: String
    package var bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    package init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }
}
