import Foundation

/// The memory that processes of this machine, or of this container, may take.
package enum AvailableMemory {
    /// In bytes; `nil` where the system does not say.
    package static var bytes: UInt64? {
        let limit = ["memory.max", "memory/memory.limit_in_bytes"].compactMap { file in
            text("/sys/fs/cgroup/\(file)").flatMap { UInt64($0) }
        }.first
        let machine = text("/proc/meminfo").flatMap { text in
            text.split(separator: "\n").first { $0.hasPrefix("MemTotal:") }?.split(separator: " ").dropFirst().first
        }.flatMap { UInt64($0) }.map { $0 << 10 }
        return [limit, machine].compactMap(\.self).min()
    }

    private static func text(_ file: String) -> String? {
        [UInt8](contentsOf: file).map { bytes in
            String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}
