import Foundation
import Subprocess
import SystemPackage
import TestSupport

/// A running `postern run`.
package struct ControllerProcess: Sendable {
    package let processIdentifier: Int32
    private let logFile: String

    /// How a process ended.
    package enum Status: Sendable, Hashable {
        case exited(Int32)
        case killed(Int32)
    }

    package struct End: Sendable {
        package let status: Status
        /// All that it wrote to standard error.
        package let log: String
    }

    fileprivate init(processIdentifier: Int32, logFile: String) {
        self.processIdentifier = processIdentifier
        self.logFile = logFile
    }

    /// The output so far.
    package var log: String {
        FileManager.default.contents(atPath: logFile).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    package func send(_ signal: Int32) { kill(processIdentifier, signal) }

    /// Waits until its log has a text.
    package func awaitLog(_ text: String) async throws {
        try await wait(until: "the log says '\(text)'") { log.contains(text) }
    }

    /// Waits until it is gone.
    package func awaitEnd() async throws {
        try await wait(until: "postern ends") {
            var info = siginfo_t()
            // WNOWAIT: who started the process wants to collect it.
            return waitid(P_PID, id_t(processIdentifier), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_signo != 0
        }
    }

    /// Waits until something holds; the log explains why it does not.
    private func wait(until what: String, condition: () -> Bool) async throws {
        do {
            try await eventually(what) { condition() }
        } catch let error as DeadlineExceeded {
            throw DeadlineExceeded(description: "\(error); the log says:\n\(log)")
        }
    }
}

extension ControllerSite {
    /// Runs `postern run`, and `body` beside it; then kills it with -9 if it is still there, and tells how it ended.
    ///
    /// nginx is left alone: the next run may find it.
    package func run(
        _ options: [String] = [],
        body: (ControllerProcess) async throws -> Void
    ) async throws -> ControllerProcess.End {
        let logFile = "\(folder)/postern-\(UUID().uuidString).log"
        var variables: [Environment.Key: String?] = ["TMPDIR": "\(folder)/temporary"]
        for (name, value) in environment { variables[.init(stringLiteral: name)] = value }
        // The shell sets the umask and becomes Postern.
        let limit = openFiles.map { "ulimit -n \($0); " } ?? ""
        // The shell's own `ulimit` has another option for it in each shell.
        let crowd = processes.map { "prlimit --nproc=\($0) -- " } ?? ""
        let bounds = capabilities.map { names in
            let wanted = names.map { ",+\($0.lowercased().replacing("cap_", with: ""))" }.joined()
            return "setpriv --bounding-set=-all\(wanted) --inh-caps=-all --no-new-privs -- "
        }
        let other = user.map { "setpriv --reuid=\($0) --regid=\($0) --clear-groups -- " }
        let start = "exec \(crowd)\(bounds ?? "")\(other ?? "") \"$0\" \"$@\""
        let command = [
            "-c", "\(limit)umask \(umask); \(start)", try Tool(built: "postern").path,
        ]
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: Arguments(command + arguments + options),
            environment: .inherit.updating(variables),
            platformOptions: .killed,
            input: .none,
            output: .discarded,
            error: .fileDescriptor(
                try .open(FilePath(logFile), .writeOnly, options: [.create, .append], permissions: .ownerReadWrite),
                closeAfterSpawningProcess: true
            )
        ) { execution in
            let process = ControllerProcess(
                processIdentifier: execution.processIdentifier.value,
                logFile: logFile
            )
            try await body(process)
            process.send(SIGKILL)
        }
        return ControllerProcess.End(
            status: ControllerProcess.Status(result.terminationStatus),
            log: FileManager.default.contents(atPath: logFile).map { String(decoding: $0, as: UTF8.self) } ?? ""
        )
    }

    /// Runs `postern run` to its own end.
    package func runToEnd(_ options: [String] = []) async throws -> ControllerProcess.End {
        try await run(options) { try await $0.awaitEnd() }
    }

    private var arguments: [String] {
        ["run", "--state-dir", state, "--sync-period", "0"] + ports + inputArguments + ownershipArguments
    }

    private var inputArguments: [String] {
        switch input {
        case .folder: ["--source", manifests]
        case .cluster(let kubeconfig): ["--kubeconfig", kubeconfig, "--healthz-port", "\(healthPort)"]
        }
    }

    private var ownershipArguments: [String] {
        switch ownership {
        case .supervised: return ["--supervise"]
        case .external(let file):
            let logs = ["--access-log", "\(folder)/access.log", "--error-log", "\(folder)/error.log"]
            return ["--nginx-pid-file", file] + logs
        }
    }
}

extension ControllerProcess.Status {
    fileprivate init(_ status: TerminationStatus) {
        switch status {
        case .exited(let code): self = .exited(code)
        case .signaled(let signal): self = .killed(signal)
        }
    }
}

extension PlatformOptions {
    /// A test that fails kills the process at once.
    fileprivate static var killed: PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = []
        return options
    }
}
