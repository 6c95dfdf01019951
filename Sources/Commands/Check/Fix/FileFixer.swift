import Foundation
import Manifests

/// Writes files anew in place of those that were read.
enum FileFixer {
    /// Replaces a file at once, or not at all; its permissions stay, and a link still leads to it.
    static func write(_ file: ManifestFile) throws(CommandFailure) {
        let url = URL(filePath: file.name).resolvingSymlinksInPath()
        do {
            let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions]
            try Data(file.bytes).write(to: url, options: .atomic)
            if let mode { try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path) }
        } catch {
            throw CommandFailure("\(file.name): it cannot be written: \(error.localizedDescription)")
        }
    }
}
