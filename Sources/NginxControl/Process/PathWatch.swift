import Foundation

/// Says when something happens to a file or in a folder, so that nobody has to look again and again; see
/// [inotify(7)](https://man7.org/linux/man-pages/man7/inotify.7.html).
struct PathWatch: ~Copyable {
    /// Can be read once something has happened; `nil` where the system watches nothing more, or there is nothing.
    let descriptor: Int32?

    private init(_ path: String, for events: Int) {
        let descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        if descriptor >= 0, inotify_add_watch(descriptor, path, UInt32(events)) >= 0 {
            self.descriptor = descriptor
        } else {
            if descriptor >= 0 { close(descriptor) }
            self.descriptor = nil
        }
    }

    /// Watches for files that are made in a folder.
    static func newFiles(in folder: String) -> PathWatch { PathWatch(folder, for: Int(IN_CREATE | IN_MOVED_TO)) }

    /// Watches for a file that is opened or written to.
    static func use(of file: String) -> PathWatch { PathWatch(file, for: Int(IN_OPEN | IN_MODIFY)) }

    deinit {
        if let descriptor { close(descriptor) }
    }

    /// Returns whether something has happened since this was asked last.
    func hasEvents() -> Bool {
        guard let descriptor else { return false }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        var hasEvents = false
        while read(descriptor, &buffer, buffer.count) > 0 { hasEvents = true }
        return hasEvents
    }
}
