import Foundation
import Subprocess
import SystemPackage

/// A second nginx, which serves nobody but the prover.
struct ShadowNginx: Sendable {
    private let processIdentifier: Int32
    private let folder: ShadowFolder

    /// Runs nginx on a folder's configuration while `body` runs, from when it listens.
    ///
    /// Throws ``NginxRefusal`` where nginx does not take the configuration, and ``ProofFailure`` where it ends early.
    static func run<Result: Sendable>(
        _ program: NginxProgram,
        in folder: ShadowFolder,
        within time: Duration,
        body: () async throws -> Result
    ) async throws -> Result {
        let errors = try FileDescriptor.open(
            FilePath(folder.errorFile),
            .writeOnly,
            options: [.create, .append],
            permissions: .ownerReadWrite
        )
        return try await Subprocess.run(
            .path(FilePath(program.path)),
            arguments: Arguments([
                "-p", folder.path, "-c", folder.configurationFile, "-e", "stderr", "-g", "daemon off;",
            ]),
            environment: NginxProgram.environment,
            workingDirectory: FilePath(folder.path),
            platformOptions: .shadow(in: folder.processGroup),
            input: .none,
            output: .discarded,
            error: .fileDescriptor(errors, closeAfterSpawningProcess: true)
        ) { execution in
            let nginx = ShadowNginx(processIdentifier: execution.processIdentifier.value, folder: folder)
            // Its workers end with the group.
            let end = PlatformOptions.shadow(in: folder.processGroup).teardownSequence
            do {
                try await nginx.waitUntilListening(within: time)
                let result = try await body()
                guard !nginx.hasEnded else { throw ProofFailure("nginx ended while it was probed") }
                await execution.teardown(using: end)
                return result
            } catch {
                await execution.teardown(using: end)
                throw error
            }
        }.closureResult
    }

    private func waitUntilListening(within time: Duration) async throws {
        // nginx writes this file after it has opened all its sockets.
        switch try await FileArrival().wait(for: folder.processIDFile, of: processIdentifier, within: time) {
        case .arrived: break
        case .ended where wasKilled: throw ProofFailure("nginx was killed while it started")
        case .ended: throw NginxRefusal(ofEnded: standardError, folder: folder.path)
        case .late: throw ProofFailure("nginx does not start within \(time)")
        }
        guard FileManager.default.fileExists(atPath: folder.echoSocket) else {
            throw ProofFailure("the template 'nginx' has no server at {{ echo }}, so that nothing can be proven")
        }
    }

    private var standardError: String {
        String(decoding: FileManager.default.contents(atPath: folder.errorFile) ?? Data(), as: UTF8.self)
    }

    /// Whether the master process is gone.
    private var hasEnded: Bool {
        guard let end else { return true }
        return end.si_signo != 0
    }

    /// Whether somebody ended the master process, which is no word of nginx about its configuration.
    private var wasKilled: Bool {
        guard let end, end.si_signo != 0, end.si_code == CLD_KILLED else { return false }
        return [SIGKILL, SIGTERM, SIGINT, SIGQUIT].contains(end._sifields._sigchld.si_status)
    }

    /// How the master process ended, with no signal number while it runs; `nil` where nobody knows any more.
    private var end: siginfo_t? {
        var info = siginfo_t()
        // WNOWAIT: who started the process wants to collect it.
        return waitid(P_PID, id_t(processIdentifier), &info, WEXITED | WNOHANG | WNOWAIT) == 0 ? info : nil
    }
}

extension PlatformOptions {
    /// A process group of its own: Ctrl-C in a terminal goes to the program's group, and nginx ends in its turn.
    static var ownGroup: PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .terminate, allowedDurationToNextStep: .seconds(3)),
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1)),
        ]
        return options
    }

    /// A shadow has nobody to say goodbye to, and to give back the memory of a large configuration takes its time.
    fileprivate static func shadow(in group: Int32) -> PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = group
        options.teardownSequence = [.send(signal: .kill, allowedDurationToNextStep: .seconds(1))]
        return options
    }
}
