import Diagnostics
import FolderSource
import Foundation
package import Manifests

/// Reads files and folders of manifests.
package enum ManifestLoader {
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
        let name = path.printable
        do {
            return ManifestFile(name: name, bytes: Array(try Data(contentsOf: URL(filePath: path))))
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile {
            throw CommandFailure("\(name): no such file or folder")
        } catch let error as CocoaError where error.code == .fileReadNoPermission {
            throw CommandFailure("\(name): permission denied")
        } catch {
            throw CommandFailure("\(name): \(error.localizedDescription)")
        }
    }

    /// The manifests below a folder, in the order of their names.
    private static func names(below folder: String) throws(CommandFailure) -> [String] {
        var names: [String] = []
        for entry in FolderListing(of: FileName(folder)).entries {
            switch entry {
            case .file(let file, .other):
                throw CommandFailure("\(file.text.printable): it is no regular file")
            case .file(let file, _):
                names.append(file.text)
            case .unreadable(let folder, _):
                throw CommandFailure("\(folder.text.printable): the folder cannot be read")
            case .unreadableName(let file):
                throw CommandFailure("\(file.text.printable): the name is not UTF-8")
            }
        }
        return names
    }
}
