import Foundation

extension RepositorySettings {
    static let fileName = ".postern.yaml"

    /// The settings for the files and folders that a command names; none where no file holds any.
    ///
    /// The file is looked for in the folder of each path and in those around it, up to the top of the git repository;
    /// where there is none, up to the folder in which the command runs.
    static func find(for paths: [String]) throws(CommandFailure) -> RepositorySettings {
        let files = Set(paths.compactMap { file(above: $0) })
        guard files.count <= 1 else {
            let names = files.map(name).sorted().joined(separator: ", ")
            throw CommandFailure("the paths have different settings (\(names)): check them one after the other")
        }
        guard let file = files.first else { return RepositorySettings() }
        guard let data = FileManager.default.contents(atPath: file.path) else {
            throw CommandFailure("\(name(file)): the file cannot be read")
        }
        return RepositorySettings(Array(data), name: name(file), in: file.deletingLastPathComponent())
    }

    /// Whether one of the paths holds all that the settings are for.
    func isWhole(_ paths: [String]) -> Bool {
        guard let folder else { return false }
        return paths.contains { Self.url($0).path == folder.standardizedFileURL.path }
    }

    private static func file(above path: String) -> URL? {
        folders(above: path).map { $0.appending(path: fileName) }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }

    private static func folders(above path: String) -> [URL] {
        let here = url(".")
        var folder = path == "-" ? here : url(path)
        if !isFolder(folder) { folder = folder.deletingLastPathComponent() }
        var folders = [folder]
        while folder.path != "/" {
            folder = folder.deletingLastPathComponent()
            folders.append(folder)
        }
        let top =
            folders.firstIndex { FileManager.default.fileExists(atPath: $0.appending(path: ".git").path) }
            ?? folders.firstIndex { $0.path == here.path } ?? 0
        return Array(folders[...top])
    }

    private static func url(_ path: String) -> URL { URL(filePath: path).standardizedFileURL }

    private static func isFolder(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// The file's path from where the command runs.
    private static func name(_ file: URL) -> String {
        let here = url(".").path
        let top = here.hasSuffix("/") ? here : here + "/"
        return file.path.hasPrefix(top) ? String(file.path.dropFirst(top.count)) : file.path
    }
}
