import Foundation

/// The state of a process in `/proc/PID/stat` (`proc(5)`), which is read often while nginx reloads.
struct ProcessState: Sendable, Hashable {
    let processIdentifier: Int32
    let parent: Int32
    let session: Int32
    let startTime: UInt64

    /// Returns `nil` for a number that no living process has.
    init?(_ processIdentifier: Int32) {
        guard processIdentifier > 0, let bytes = Self.read("/proc/\(processIdentifier)/stat") else { return nil }
        // The name stands in parentheses, and may hold parentheses and spaces.
        guard let end = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        guard fields.count > 19, !["Z", "X"].contains(fields[0]), let parent = Int32(fields[1]),
            let session = Int32(fields[3]), let startTime = UInt64(fields[19])
        else { return nil }
        self.processIdentifier = processIdentifier
        self.parent = parent
        self.session = session
        self.startTime = startTime
    }

    /// The first 8 KiB of a file, in one piece.
    static func read(_ file: String) -> [UInt8]? {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 8_192) { buffer, initialized in
            count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            initialized = max(0, count)
        }
        return count < 0 ? nil : bytes
    }
}
