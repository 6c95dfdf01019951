/// A file of manifests as a value; whoever makes one has read the disk.
package struct ManifestFile: Sendable, Hashable {
    /// The name that diagnostics give it; `<stdin>` for standard input.
    package var name: String
    package var bytes: [UInt8]
    /// The folder in which it was found; `nil` for one that the user named, and so takes for a manifest.
    package var folder: String?

    package init(name: String, bytes: [UInt8], foundIn folder: String? = nil) {
        self.name = name
        self.bytes = bytes
        self.folder = folder
    }

    package init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }
}
