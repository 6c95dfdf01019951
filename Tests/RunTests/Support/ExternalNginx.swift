import ControllerTestSupport
import Foundation
import Subprocess
import SystemPackage
import TestSupport

extension ControllerSite {
    /// Runs an nginx as others do, on what Postern has written, while `body` runs; then kills all of it with -9.
    func runExternalNginx(_ options: [String] = [], body: (Int32) async throws -> Void) async throws {
        var platform = PlatformOptions()
        platform.processGroupID = 0
        platform.teardownSequence = []
        let arguments = ["-c", "\(state)/current/nginx.conf", "-e", "stderr", "-g", "daemon off;"]
        _ = try await Subprocess.run(
            .path(FilePath(Tool("nginx").url.path)),
            arguments: Arguments(arguments + options),
            platformOptions: platform,
            input: .none,
            output: .discarded,
            error: .discarded
        ) { execution in
            let master = execution.processIdentifier.value
            defer { kill(-master, SIGKILL) }
            try await body(master)
        }
    }

    /// The number in the file that an external nginx writes.
    func processIdentifier(in file: String) -> Int32? {
        FileManager.default.contents(atPath: file).flatMap {
            Int32(String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }
}
