import Foundation

/// The resources of a process at one moment.
struct ProcessResources: Sendable, Hashable {
    /// In KiB.
    var memory: Int
    var descriptors: Int

    /// Returns `nil` for a process that is gone.
    init?(of process: Int32) {
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        guard let memory = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) }),
            let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")
        else { return nil }
        self.memory = memory
        descriptors = names.count
    }
}
