import Foundation

/// The memory of processes of this machine.
enum ProcessMemory {
    /// The memory of a process now, in MiB.
    static func resident(of process: Int32) -> Double {
        let text = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        let number = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
        return (number ?? .nan) / 1_024
    }
}
