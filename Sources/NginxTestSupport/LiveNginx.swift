package import Foundation
import Subprocess
import SystemPackage
import TestSupport

/// A real nginx that serves a folder's nginx.conf.
package struct LiveNginx: Sendable {
    package let processIdentifier: Int32
    private let log: URL
    private let end: @Sendable () async -> Void

    /// Runs nginx while `body` runs, from when it listens; afterwards no process is left.
    ///
    /// Throws if nginx is not installed, or if it does not listen in time, with what it wrote to standard error.
    package static func run<Result: Sendable>(
        in folder: URL,
        body: (LiveNginx) async throws -> Result
    ) async throws -> Result {
        let path = try Tool("nginx").path
        return try await TemporaryFolder.use { workFolder in
            let invocation = try NginxInvocation(folder: folder, workFolder: workFolder)
            let log = workFolder.appending(path: "stderr")
            let logFile = try FileDescriptor.open(
                FilePath(log.path(percentEncoded: false)),
                .writeOnly,
                options: [.create, .append],
                permissions: .ownerReadWrite
            )
            return try await Subprocess.run(
                .path(FilePath(path)),
                arguments: Arguments(invocation.arguments),
                platformOptions: .ownGroup,
                input: .none,
                output: .discarded,
                error: .fileDescriptor(logFile, closeAfterSpawningProcess: true)
            ) { execution in
                let master = execution.processIdentifier.value
                let nginx = LiveNginx(processIdentifier: master, log: log) {
                    await execution.teardown(using: PlatformOptions.ownGroup.teardownSequence)
                }
                return try await ProcessGroupGuard.run(over: master) {
                    do {
                        try await nginx.waitUntilListening(invocation)
                        let result = try await body(nginx)
                        await nginx.stop()
                        return result
                    } catch {
                        await nginx.stop()
                        throw error
                    }
                }
            }.closureResult
        }
    }

    /// The standard error of nginx so far; only what comes before nginx.conf is read, if that has an
    /// `error_log` of its own.
    package var standardError: String {
        String(decoding: FileManager.default.contents(atPath: log.path(percentEncoded: false)) ?? Data(), as: UTF8.self)
    }

    /// Whether the master process is gone.
    package var hasEnded: Bool {
        var info = siginfo_t()
        // WNOWAIT: who started the process wants to collect it.
        return waitid(P_PID, id_t(processIdentifier), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_signo != 0
    }

    /// Makes nginx read its files again, and waits until only workers that have read them take connections.
    ///
    /// Throws ``Refused`` if nginx says that it keeps the old configuration.
    package func reload() async throws {
        let before = Set(try NginxWorker.all(of: processIdentifier).map(\.processIdentifier))
        let alreadySaid = standardError.utf8.count
        kill(processIdentifier, SIGHUP)
        try await eventually("new workers after a reload") {
            let said = String(standardError.utf8.dropFirst(alreadySaid)) ?? ""
            if said.contains("[emerg]") || hasEnded { throw Refused(description: said) }
            let now = try NginxWorker.all(of: processIdentifier)
            let isRenewed = now.contains { !before.contains($0.processIdentifier) }
            return isRenewed && now.allSatisfy { !before.contains($0.processIdentifier) || $0.isShuttingDown }
        }
    }

    /// Ends nginx: requests under way are finished, but not for longer than a few seconds.
    package func stop() async {
        await end()
    }

    private func waitUntilListening(_ invocation: NginxInvocation) async throws {
        // nginx writes this file after it has opened all its sockets, and starts its workers then.
        try await eventually("nginx listens") {
            if hasEnded { throw Refused(description: standardError) }
            let file =
                FileManager.default.contents(atPath: invocation.processIDFile.path(percentEncoded: false)) ?? Data()
            guard String(decoding: file, as: UTF8.self) == "\(processIdentifier)\n" else { return false }
            return (try? NginxWorker.haveAllStarted(by: processIdentifier)) ?? false
        }
    }

    /// nginx did not take its configuration; the description is what it said.
    package struct Refused: Error, CustomStringConvertible {
        package let description: String
    }
}

extension PlatformOptions {
    /// A process group of its own, so that workers can be ended whose master is gone.
    fileprivate static var ownGroup: PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .quit, allowedDurationToNextStep: .seconds(3)),
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1)),
        ]
        return options
    }
}

/// Kills a process group as soon as this process is gone, even if it crashed.
package enum ProcessGroupGuard {
    /// Guards the group that `leader` leads while `body` runs, and kills what is left of it afterwards.
    package static func run<Result: Sendable>(
        over leader: Int32,
        body: () async throws -> Result
    ) async throws -> Result {
        let script = "trap '' TERM; read -r line; kill -s KILL -- \"-$1\""
        return try await Guardian.run(script, over: "\(leader)", body: body)
    }
}
