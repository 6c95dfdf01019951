import ControllerTestSupport
import Foundation
import Subprocess
import SystemPackage
import TestSupport

extension ControllerSite {
    /// Runs an nginx as others do, on what Postern has written, while `body` runs; then kills all of it with -9.
    ///
    /// - Parameter launcher: A program that runs nginx in surroundings of its own.
    func runExternalNginx(
        _ options: [String] = [],
        by launcher: [String] = [],
        configuration: String? = nil,
        body: (Int32) async throws -> Void
    ) async throws {
        var platform = PlatformOptions()
        platform.processGroupID = 0
        platform.teardownSequence = []
        let file = configuration ?? "\(state)/current/nginx.conf"
        let nginx = [try Tool("nginx").url.path, "-c", file, "-e", "stderr", "-g", "daemon off;"] + options
        let command = launcher + nginx
        _ = try await Subprocess.run(
            .path(FilePath(command[0])),
            arguments: Arguments(Array(command.dropFirst())),
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
