import ControllerTestSupport
import Foundation
import TestSupport

extension ControllerSite {
    /// The master of the nginx that serves; 0 where none does.
    var master: Int32 {
        Int32(stateText("nginx.pid").trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }

    /// The workers of the nginx that serves.
    var workers: Set<Int32> { children(of: master) }

    /// The processes that one has started.
    func children(of master: Int32) -> Set<Int32> {
        let file = "/proc/\(master)/task/\(master)/children"
        let text = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return Set(text.split(separator: " ").compactMap { Int32($0) }.filter(isAlive))
    }
}
