import Glibc

/// The manifests below a folder at one moment, in the order in which they are read.
///
/// Names that begin with a dot are passed by: `.git`, editors' files, and the `..data` of mounted ConfigMaps, whose
/// files stand beside it as links. A folder is not entered through a link, because that may lead in a circle.
package struct FolderListing: Sendable, Hashable {
    package enum Entry: Sendable, Hashable {
        case file(FileName, FileStatus)
        /// A folder whose files nobody can tell.
        case unreadable(FileName, SystemError)
        /// A file that cannot be opened by any text; this is how its name reads.
        case unreadableName(FileName)
    }

    package private(set) var entries: [Entry] = []

    /// Lists a folder; `entering` is called with each folder before its files are listed.
    package init(of folder: FileName, entering: (FileName) -> Void = { _ in }) {
        list(folder, isRoot: true, entering)
    }

    /// A folder of which nothing can be told.
    init(unreadable folder: FileName, _ error: SystemError) {
        entries = [.unreadable(folder, error)]
    }

    /// Whether a name is that of a manifest.
    static func isManifest(_ name: String) -> Bool {
        !name.hasPrefix(".") && [".yaml", ".yml", ".json"].contains(where: name.hasSuffix)
    }

    private mutating func list(_ folder: FileName, isRoot: Bool, _ entering: (FileName) -> Void) {
        entering(folder)
        let found: FolderEntries
        do throws(SystemError) {
            found = try FolderEntries(of: folder)
        } catch {
            // Between its parent's listing and its own, a folder may vanish.
            if isRoot || ![ENOENT, ENOTDIR].contains(error.number) { entries.append(.unreadable(folder, error)) }
            return
        }
        for name in found.names where !name.hasPrefix(".") {
            let path = folder.appending(name)
            guard let kind = EntryKind(of: path) else { continue }
            if case .folder = kind.status {
                list(path, isRoot: false, entering)
            } else if Self.isManifest(name) {
                let status = kind.isLink ? FileStatus(of: path) : kind.status
                if case .folder = status { continue }
                entries.append(.file(path, status))
            }
        }
        for name in found.unreadableNames where Self.isManifest(name) {
            entries.append(.unreadableName(folder.appending(name)))
        }
    }
}

extension FolderListing {
    var files: [(file: FileName, status: FileStatus)] {
        entries.compactMap { entry in
            guard case .file(let file, let status) = entry else { return nil }
            return (file, status)
        }
    }

    /// The entries without what may change of a file that stays.
    var names: [Entry] {
        entries.map { entry in
            guard case .file(let file, _) = entry else { return entry }
            return .file(file, .other)
        }
    }

    /// Whether every folder could be listed.
    var isComplete: Bool {
        entries.allSatisfy { entry in
            guard case .unreadable = entry else { return true }
            return false
        }
    }
}
