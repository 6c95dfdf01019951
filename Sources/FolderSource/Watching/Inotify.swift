import Glibc

/// Tells what happens in folders; see [inotify(7)](https://man7.org/linux/man-pages/man7/inotify.7.html).
final class Inotify: Sendable {
    let descriptor: Int32

    init() throws(SystemError) {
        descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        guard descriptor >= 0 else { throw .last }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Watches a folder; one that is watched already keeps its number, whatever its name is now.
    func add(_ folder: FileName, followingLink: Bool) throws(SystemError) -> Int32 {
        let flags: InotifyEvent.Flags = followingLink ? .wanted : [.wanted, .notThroughLinks]
        let watch = unsafe inotify_add_watch(descriptor, folder.text, flags.rawValue)
        guard watch >= 0 else { throw .last }
        return watch
    }

    /// Ends a watch; one that has ended by itself is none.
    func remove(_ watch: Int32) {
        _ = inotify_rm_watch(descriptor, watch)
    }

    /// Everything that has happened since the last call, without waiting.
    func events() -> [InotifyEvent] {
        var events: [InotifyEvent] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        // Somebody who writes without end must not hold up everything else.
        for _ in 0..<64 {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            events += InotifyEvent.events(in: buffer[..<count])
        }
        return events
    }
}
