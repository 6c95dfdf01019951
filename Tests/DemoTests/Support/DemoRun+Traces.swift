import Foundation
import TestSupport

extension DemoRun {
    /// The demo's own folder.
    var folder: URL {
        get throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: temporaryFolder.path(percentEncoded: false))
            return temporaryFolder.appending(path: names.joined(separator: " "))
        }
    }

    var configuration: String {
        get throws { try String(contentsOf: folder.appending(path: "nginx.conf"), encoding: .utf8) }
    }

    /// nginx's master process.
    var master: Int32 {
        get throws {
            let text = try String(contentsOf: folder.appending(path: "nginx.pid"), encoding: .utf8)
            return Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
        }
    }

    /// The traces that must be gone when the demo has ended.
    var traces: Traces {
        get throws {
            let master = try master
            let children = try String(contentsOfFile: "/proc/\(master)/task/\(master)/children", encoding: .utf8)
            let addresses = try configuration.matches(of: /127\.0\.0\.1:(\d+)/)
            return Traces(
                processes: [master] + children.split(separator: " ").compactMap { Int32($0) },
                ports: Set(addresses.compactMap { UInt16($0.1) })
            )
        }
    }

    /// The processes and the ports of a demo: nginx's and the backends'.
    struct Traces {
        let processes: [Int32]
        let ports: Set<UInt16>

        /// The traces that are left.
        var remains: [String] {
            processes.filter(Self.isAlive).map { "process \($0)" }
                + ports.filter { !FreePort.isFree($0) }.map { "port \($0)" }
        }

        /// Whether a process is there, and not only its exit status, which somebody may collect some time.
        private static func isAlive(_ process: Int32) -> Bool {
            let status = FileManager.default.contents(atPath: "/proc/\(process)/status") ?? Data()
            return !status.isEmpty && !String(decoding: status, as: UTF8.self).contains("State:\tZ")
        }
    }
}
