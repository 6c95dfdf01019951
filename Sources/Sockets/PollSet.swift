import Glibc

/// Descriptors that a thread waits for together; see [poll(2)](https://man7.org/linux/man-pages/man2/poll.2.html).
///
/// - Parameter Key: The name of a descriptor for whoever waits.
package struct PollSet<Key: Comparable> {
    package enum Wish {
        case reading
        case writing
    }

    private var descriptors: [pollfd] = []
    private var keys: [Key?] = []

    package init() {}

    /// - Parameter key: Is returned when the descriptor is ready.
    package mutating func add(_ descriptor: Int32, _ wish: Wish, _ key: Key? = nil) {
        let events = Int16(wish == .reading ? POLLIN : POLLOUT)
        descriptors.append(pollfd(fd: descriptor, events: events, revents: 0))
        keys.append(key)
    }

    /// Waits until one is ready or the time has come; returns the keys of those that are, the least first.
    package mutating func wait(until deadline: ContinuousClock.Instant?) -> [Key] {
        // Rounded up: else the last millisecond would be spent in asking again and again.
        let milliseconds = deadline.map { Int32(max(0, (($0 - .now) / .milliseconds(1)).rounded(.up))) }
        let count = unsafe poll(&descriptors, nfds_t(descriptors.count), milliseconds ?? -1)
        guard count >= 0 else {
            // The kernel has no memory for it just now, or a signal came.
            if errno != EINTR { usleep(100_000) }
            return []
        }
        return zip(descriptors, keys).compactMap { $0.revents == 0 ? nil : $1 }.sorted()
    }
}
