import Foundation

/// Holds a folder for this process, even over a crash: the system lets go of it with the process.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Returns `nil` for what is no folder, or is somebody else's, or is held by a living process.
    init?(_ folder: String) {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        var held = stat()
        var named = stat()
        guard descriptor >= 0, fstat(descriptor, &held) == 0, held.st_uid == geteuid(),
            flock(descriptor, LOCK_EX | LOCK_NB) == 0,
            // It may have been removed before it was locked.
            lstat(folder, &named) == 0, named.st_ino == held.st_ino, named.st_dev == held.st_dev
        else { return nil }
    }

    // It is called where `init` returns `nil` as well, as soon as there is a descriptor.
    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}

extension ShadowFolder {
    /// Removes the folders of processes that were killed together with their guards: there are keys in them.
    ///
    /// Not those of somebody else, nor of a process that lives: it holds the lock, or is named by what runs in the folder.
    static func clearLeftovers(in parent: String?) {
        let parent = parent ?? usualParent
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for name in names where name.hasPrefix(prefix) && name.utf8.count == prefix.utf8.count + 6 {
            let path = "\(parent)/\(name)"
            guard let lock = FolderLock(path), !isInUse(path) else { continue }
            withExtendedLifetime(lock) { try? FileManager.default.removeItem(atPath: path) }
        }
    }

    private static func isInUse(_ folder: String) -> Bool {
        ProcessEntry.all().contains { "\($0.title) ".contains("\(folder)/") || $0.title.hasSuffix(folder) }
    }
}
