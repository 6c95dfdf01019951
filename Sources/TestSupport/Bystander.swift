import Foundation
import Subprocess
import SystemPackage

/// A process that has nothing to do with anybody, and writes down each signal that it gets.
package struct Bystander: Sendable {
    package let processIdentifier: Int32
    private let file: String

    private static let script = #"""
        for signal in HUP INT QUIT USR1 USR2 TERM WINCH; do trap "echo $signal >>'$1'" $signal; done
        : >"$1"
        while :; do sleep 0.05; done
        """#

    package static func use(in folder: String, body: (Bystander) async throws -> Void) async throws {
        let file = "\(folder)/signals"
        var options = PlatformOptions()
        options.teardownSequence = []
        _ = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: ["-c", script, "sh", file],
            platformOptions: options,
            input: .none,
            output: .discarded,
            error: .discarded
        ) { execution in
            let bystander = Bystander(processIdentifier: execution.processIdentifier.value, file: file)
            defer { kill(bystander.processIdentifier, SIGKILL) }
            try await eventually("the traps are set") { FileManager.default.fileExists(atPath: file) }
            try await body(bystander)
        }
    }

    /// The signals that it got before one that is sent to it now.
    package func signals() async throws -> [String] {
        kill(processIdentifier, SIGUSR1)
        var names: [String] = []
        try await eventually("the signal is written down") {
            names = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
            return names.last == "USR1"
        }
        return names.dropLast()
    }
}
