import ControllerTestSupport
import Foundation

extension ControllerProcess {
    /// The processor time that it has taken so far.
    var processorTime: Duration {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(processIdentifier)/stat", encoding: .utf8)
            // The name of the program, which may hold anything, ends with the last parenthesis.
            let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
            let ticks = [11, 12].compactMap { fields.indices.contains($0) ? Int(fields[$0]) : nil }
            return .milliseconds(ticks.reduce(0, +) * 1_000 / sysconf(Int32(_SC_CLK_TCK)))
        }
    }

    /// The most memory that it has had at once, in bytes.
    var peakMemory: Int {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(processIdentifier)/status", encoding: .utf8)
            let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
            return (line?.split(separator: " ").dropLast().last.flatMap { Int($0) } ?? 0) << 10
        }
    }
}
