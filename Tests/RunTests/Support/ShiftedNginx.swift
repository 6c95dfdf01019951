import Foundation
import TestSupport

/// An nginx whose time of day a test sets.
struct ShiftedNginx {
    /// Starts it.
    let program: String
    private let clock: ShiftedClock

    init(_ nginx: String, in folder: String) async throws {
        program = "\(folder)/shifted-nginx"
        clock = try await ShiftedClock(in: folder)
        let script = "#!/bin/sh\nLD_PRELOAD=\(clock.library) exec \(nginx) \"$@\"\n"
        try Data(script.utf8).write(to: URL(filePath: program))
        chmod(program, 0o755)
    }

    /// Sets the clock ahead of the system's, or behind.
    func set(by seconds: Int) throws { try clock.set(by: seconds) }
}
