import Glibc

/// Tells what happens to files and in folders; see [inotify(7)](https://man7.org/linux/man-pages/man7/inotify.7.html).
package final class Inotify: Sendable {
    /// Can be read once something has happened.
    package let descriptor: Int32

    /// Why the system does not tell, by its number for it.
    package struct Refusal: Error, Hashable {
        package let number: Int32
    }

    package init() throws(Refusal) {
        descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        guard descriptor >= 0 else { throw Refusal(number: errno) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Watches a file or a folder; one that is watched already keeps its number, whatever its name is now.
    @discardableResult
    package func add(_ path: String, for events: InotifyEvent.Flags) throws(Refusal) -> Int32 {
        let watch = unsafe inotify_add_watch(descriptor, path, events.rawValue)
        guard watch >= 0 else { throw Refusal(number: errno) }
        return watch
    }

    /// Ends a watch; one that has ended by itself is none.
    package func remove(_ watch: Int32) {
        _ = inotify_rm_watch(descriptor, watch)
    }

    /// Everything that has happened since the last call, without waiting.
    package func events() -> [InotifyEvent] {
        var events: [InotifyEvent] = []
        // Somebody who writes without end must not hold up everything else.
        for _ in 0..<64 {
            var length = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
                length = unsafe read(descriptor, buffer.baseAddress, buffer.count)
                count = max(length, 0)
            }
            if length < 0, errno == EINTR { continue }
            guard length > 0 else { break }
            events += InotifyEvent.events(in: bytes[...])
        }
        return events
    }
}
