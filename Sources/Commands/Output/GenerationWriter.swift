import Foundation
package import NginxControl
package import NginxRendering

/// Writes the files of a generation to a folder.
package enum GenerationWriter {
    /// Creates or replaces each file as a whole; what else is in the folder stays.
    ///
    /// - Parameter workers: Who reads the files that nginx opens while it serves.
    package static func write(
        _ generation: Generation,
        to folder: String,
        readableBy workers: WorkerGroup = WorkerGroup()
    ) throws(CommandFailure) {
        try makeFolder(folder, mode: 0o755)
        // Certificates come first: a configuration that stands names nothing that is missing.
        for file in generation.files.reversed() {
            let path = "\(folder)/\(file.path)"
            let parent = (path as NSString).deletingLastPathComponent
            try makeFolder(parent, mode: parent == folder ? 0o755 : Int(file.content.secret?.folderMode ?? 0o700))
            try replace(path, with: file.content)
            guard let secret = file.content.secret else { continue }
            do throws(StateFolderError) {
                if parent != folder { try workers.admit(to: parent, for: secret) }
                try workers.admit(to: path, for: secret)
            } catch {
                throw CommandFailure("\(error)")
            }
        }
    }

    private static func makeFolder(_ path: String, mode: Int) throws(CommandFailure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: mode]
            )
        } catch {
            throw CommandFailure("\(path): the folder cannot be made")
        }
    }

    /// Writes beside the file and renames, with the file's own mode from the start: no moment when others can read
    /// a key, or anybody half of a file.
    private static func replace(_ path: String, with content: Generation.Content) throws(CommandFailure) {
        let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier).tmp"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL, mode_t(content.mode))
        guard descriptor >= 0 else { throw CommandFailure("\(path): \(String(cString: strerror(errno)))") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(content.bytes))
            try handle.synchronize()
            try handle.close()
        } catch {
            unlink(temporary)
            throw CommandFailure("\(path): the file cannot be written: \(error.localizedDescription)")
        }
        guard rename(temporary, path) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(temporary)
            throw CommandFailure("\(path): \(reason)")
        }
    }
}
