import Glibc

/// The status of the file at a path, links followed.
package enum FileStatus: Sendable, Hashable {
    case file(FileSignature)
    case folder(device: UInt64)
    /// A pipe, a socket or a device: nothing that has an end.
    case other
    case failing(SystemError)

    init(of path: FileName) {
        var status = stat()
        guard unsafe stat(path.text, &status) == 0 else {
            self = .failing(.last)
            return
        }
        self.init(status)
    }

    init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: self = .file(FileSignature(status))
        case S_IFDIR: self = .folder(device: UInt64(status.st_dev))
        default: self = .other
        }
    }
}

extension FileStatus {
    /// `nil` for what is no regular file.
    var signature: FileSignature? {
        guard case .file(let signature) = self else { return nil }
        return signature
    }

    /// The device that a folder is on; `nil` for anything else.
    var device: UInt64? {
        guard case .folder(let device) = self else { return nil }
        return device
    }
}

/// A stamp that changes whenever a file's content does, but for two changes in the same moment.
package struct FileSignature: Sendable, Hashable {
    private let device: UInt64
    private let inode: UInt64
    let size: Int
    private let modified: Moment
    private let changed: Moment

    private struct Moment: Sendable, Hashable {
        let seconds: Int
        let nanoseconds: Int

        init(_ time: timespec) {
            seconds = time.tv_sec
            nanoseconds = time.tv_nsec
        }
    }

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int(status.st_size)
        modified = Moment(status.st_mtim)
        changed = Moment(status.st_ctim)
    }

    /// Whether the last change is so recent that another could still bear the same time.
    func isRecent() -> Bool {
        var now = timespec()
        guard unsafe clock_gettime(CLOCK_REALTIME, &now) == 0 else { return true }
        return abs(now.tv_sec - changed.seconds) < 2
    }
}

/// The kind of a path itself, links not followed.
struct EntryKind: Hashable {
    let isLink: Bool
    let status: FileStatus
    /// Whether it is a file with one name: whoever makes one writes it next, and closes it.
    let isNewFile: Bool

    /// Returns `nil` where nothing stands.
    init?(of path: FileName) {
        var status = stat()
        guard unsafe lstat(path.text, &status) == 0 else { return nil }
        isLink = status.st_mode & S_IFMT == S_IFLNK
        self.status = FileStatus(status)
        isNewFile = status.st_mode & S_IFMT == S_IFREG && status.st_nlink == 1
    }
}
