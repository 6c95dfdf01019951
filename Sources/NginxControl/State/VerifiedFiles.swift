// Both declare the structures of the C library, and which of them is found differs.
import CoreFoundation
import Foundation
import Glibc
import Synchronization

/// The files whose content was read and found to have a digest.
///
/// There may be ten thousand, which are asked about at each change: one is read again only where somebody has written to it
/// since, whichever of its names it is asked about by.
final class VerifiedFiles: Sendable {
    private struct Digests {
        var recent: [FileStamp: String] = [:]
        /// Of the files that were asked about before the last ones were forgotten.
        var earlier: [FileStamp: String] = [:]
    }

    private let digests = Mutex(Digests())

    /// How many files are known, those that are about to be forgotten among them.
    var count: Int { digests.withLock { $0.recent.count + $0.earlier.count } }

    /// Forgets the files that nobody has asked about since this was called before.
    func forgetUnused() {
        digests.withLock { $0 = Digests(recent: [:], earlier: $0.recent) }
    }

    /// Takes note of a file that this process has just written whole, and that nobody else has written to.
    ///
    /// Its time is set back: whoever writes to it from now on gives it another, however soon that is.
    func note(_ path: String, holding digest: String) {
        let past = timespec(tv_sec: Int(Date().timeIntervalSince1970) - Self.age, tv_nsec: 0)
        // The times of the last use and of the last change.
        let times = [past, past]
        guard utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) == 0, let stamp = FileStamp(path) else { return }
        keep(stamp, digest)
    }

    /// Seconds that are longer than any tick of a clock that times are taken from.
    private static let age = 2

    /// Whether a file has the digest; `read` finds that out by reading it.
    func isKnown(_ path: String, as digest: String, _ read: () -> Bool) -> Bool {
        guard let stamp = FileStamp(path) else { return false }
        if isKept(stamp, digest) { return true }
        guard read() else { return false }
        // Times are as fine as the kernel's clock ticks: what was written just now may be written again at the same time.
        guard stamp.isOlder(than: 1) else { return true }
        keep(stamp, digest)
        return true
    }

    private func isKept(_ stamp: FileStamp, _ digest: String) -> Bool {
        digests.withLock { digests in
            if let known = digests.recent[stamp] { return known == digest }
            guard digests.earlier.removeValue(forKey: stamp) == digest else { return false }
            digests.recent[stamp] = digest
            return true
        }
    }

    private func keep(_ stamp: FileStamp, _ digest: String) {
        digests.withLock { $0.recent[stamp] = digest }
    }
}

/// Tells a file from what it was before somebody wrote to it, and from all others.
private struct FileStamp: Hashable {
    private let device: dev_t
    private let number: ino_t
    private let size: off_t
    private let seconds: Int
    private let nanoseconds: Int

    /// Returns `nil` where there is no file of its own: a link is not followed.
    init?(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        (device, number, size) = (status.st_dev, status.st_ino, status.st_size)
        (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }

    /// Whether it was written at least so many seconds ago.
    func isOlder(than age: Int) -> Bool { seconds + age < Int(Date().timeIntervalSince1970) }
}
