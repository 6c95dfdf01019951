import Foundation

/// Whether a process is there, and not only its exit status.
package func isAlive(_ process: Int32) -> Bool {
    let status = FileManager.default.contents(atPath: "/proc/\(process)/status") ?? Data()
    return !status.isEmpty && !String(decoding: status, as: UTF8.self).contains("State:\tZ")
}
