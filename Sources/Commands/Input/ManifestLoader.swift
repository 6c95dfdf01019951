import Foundation
package import Manifests

/// Reads files and folders of manifests.
package enum ManifestLoader {
    private static let suffixes = [".yaml", ".yml", ".json"]

    /// Reads each path: a file whatever its name, a folder with all below it, or `-` for standard input.
    package static func load(_ paths: [String]) throws(CommandFailure) -> [ManifestFile] {
        var files: [ManifestFile] = []
        for path in paths {
            if path == "-" {
                files.append(
                    ManifestFile(name: "<stdin>", bytes: Array(FileHandle.standardInput.readDataToEndOfFile()))
                )
            } else if isFolder(path) {
                let found = try names(below: path)
                guard !found.isEmpty else {
                    throw CommandFailure("\(path): no file ends in .yaml, .yml or .json")
                }
                for name in found { files.append(try read(name)) }
            } else {
                files.append(try read(path))
            }
        }
        return files
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    private static func read(_ path: String) throws(CommandFailure) -> ManifestFile {
        do {
            return ManifestFile(name: path, bytes: Array(try Data(contentsOf: URL(filePath: path))))
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile {
            throw CommandFailure("\(path): no such file or folder")
        } catch let error as CocoaError where error.code == .fileReadNoPermission {
            throw CommandFailure("\(path): permission denied")
        } catch {
            throw CommandFailure("\(path): \(error.localizedDescription)")
        }
    }

    /// The manifests below a folder, in the order of their names.
    ///
    /// What begins with a dot is passed by: `.git`, editors' files, and the `..data` of mounted ConfigMaps, whose
    /// files stand beside it as links.
    private static func names(below folder: String) throws(CommandFailure) -> [String] {
        let entries: [String]
        do {
            entries = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw CommandFailure("\(folder): the folder cannot be read")
        }
        var names: [String] = []
        for entry in entries where !entry.hasPrefix(".") {
            let path = folder.hasSuffix("/") ? folder + entry : "\(folder)/\(entry)"
            if isFolder(path) {
                guard !isLink(path) else { continue }
                names += try self.names(below: path)
            } else if suffixes.contains(where: entry.hasSuffix) {
                names.append(path)
            }
        }
        return names
    }

    /// Whether a path is a symbolic link: a folder is not entered through one, because it may lead in a circle.
    private static func isLink(_ path: String) -> Bool {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
    }
}
