import Controller
import Foundation
import Subprocess
import SystemPackage

extension NginxDataPlane {
    /// Finds a supervised nginx that runs, or starts one on what `current` leads to.
    ///
    /// Returns whether one runs; `false` also where nginx is not ours to start, or nothing is there to serve yet.
    @discardableResult
    func ensureRunning() async throws(SwapFailure) -> Bool {
        if let master = runningMaster {
            known = master
            return true
        }
        if let remote = remoteNginx {
            knownRemote = remote
            return true
        }
        guard case .supervised(let program) = settings.ownership, let id = state.target(of: state.current) else {
            clearSockets()
            return false
        }
        let elapsed = lastStart.map { ContinuousClock.now - $0 }
        if let wait = starts.wait(sinceLastStart: elapsed) {
            throw SwapFailure(.startFailed(words: "it ended again soon after its start; the next start is in \(wait)"))
        }
        lastStart = .now
        starts.start()
        await endOrphans()
        clearSockets()
        try await bringUp(program, serving: id)
        known = runningMaster
        // The workers of a master that was killed meanwhile answer on, but nobody minds them.
        guard known != nil else { throw SwapFailure(.startFailed(words: "it ended soon after its start")) }
        return true
    }

    /// Starts nginx and waits until it serves; without its control API where it does not come up with that.
    private func bringUp(_ program: NginxProgram, serving id: String) async throws(SwapFailure) {
        let socket = newControlSocket()
        do throws(SwapFailure) {
            try await start(program, control: socket)
            try await waitForAnswer(id)
        } catch {
            guard let socket, error.refusal == nil, runningMaster == nil else { throw error }
            servesControlAPI = false
            controlTrouble = ControlTrouble(
                api: NginxControlAPI(socket: socket),
                master: nil,
                reason: "nginx does not come up with it",
                since: .now
            )
            try await start(program, control: nil)
            try await waitForAnswer(id)
        }
    }

    private func start(_ program: NginxProgram, control socket: String?) async throws(SwapFailure) {
        let log = "\(state.logs)/start.log"
        let result: Swift.Result<TerminationStatus, any Error>
        do {
            try Launching.checkDescriptors()
            let output =
                try settings.logsToStandardError
                ? .standardError
                : Self.newFile(log)
            // nginx makes itself a daemon, so that it outlives this process, and ends only when it is told to.
            result = .success(
                try await Subprocess.run(
                    .path(FilePath(program.path)),
                    arguments: Arguments(
                        ["-c", state.configurationFile, "-e", "stderr"] + (socket.map { ["-l", "unix:\($0)"] } ?? [])
                    ),
                    environment: NginxProgram.environment,
                    platformOptions: .ownGroup,
                    input: .none,
                    output: .discarded,
                    error: .fileDescriptor(output, closeAfterSpawningProcess: !settings.logsToStandardError)
                ).terminationStatus
            )
        } catch {
            result = .failure(error)
        }
        switch result {
        case .success(let status) where status.isSuccess: return
        case .success(let status):
            let words = FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? ""
            let refusal = NginxRefusal(standardError: words, folder: state.current)
            throw SwapFailure(.startFailed(words: refusal?.words ?? "\(status)"), refusal: refusal)
        case .failure(let error): throw SwapFailure(.startFailed(words: Launching.words(for: error)))
        }
    }

    /// A file that was not there before: what has its name is removed, and not followed where it is a link.
    private static func newFile(_ path: String) throws -> FileDescriptor {
        unlink(path)
        return try .open(
            FilePath(path),
            .writeOnly,
            options: [.create, .exclusiveCreate, .noFollow],
            permissions: .ownerReadWrite
        )
    }

    /// Whether nobody can ask nginx any more, as after its state folder was removed: it opens a socket only once.
    var isStatusSocketGone: Bool { access(settings.statusSocket, F_OK) != 0 && errno == ENOENT }

    /// Starts nginx anew in place of one that can no longer be asked.
    ///
    /// The old one closes its sockets and finishes its requests.
    func replace(
        _ master: NginxMaster,
        by program: NginxProgram,
        serving id: String
    ) async throws(SwapFailure) {
        master.entry.send(SIGQUIT)
        let start = ContinuousClock.now
        while master.workers.contains(where: { !$0.isShuttingDown }), ContinuousClock.now - start < patience {
            await pause(.milliseconds(5))
        }
        try await bringUp(program, serving: id)
        known = runningMaster
    }

    private func waitForAnswer(_ id: String) async throws(SwapFailure) {
        let start = ContinuousClock.now
        while liveGeneration != id {
            guard ContinuousClock.now - start < patience else {
                throw SwapFailure(.reloadTimedOut(after: settings.reloadTimeout, hint: nil))
            }
            // The process id stands in its file only once the parent of the daemon has gone.
            guard runningMaster != nil || ContinuousClock.now - start < .seconds(5) else {
                throw SwapFailure(.startFailed(words: "it ended soon after its start"))
            }
            await pause(.milliseconds(4))
        }
    }

    /// Ends the workers of a master that was killed, gracefully: they hold on to the sockets that a new one needs.
    ///
    /// One that was killed before it was found to run is known by its file alone.
    private func endOrphans() async {
        for dead in Set([latest, NginxMaster.number(in: settings.processIDFile)].compactMap(\.self)) {
            await endOrphans(of: dead)
        }
    }

    private func endOrphans(of dead: Int32) async {
        // As process 1 of a container this process is the parent of nginx and of what it left behind, one group.
        defer { while waitpid(-dead, nil, WNOHANG) > 0 {} }
        let start = ContinuousClock.now
        for worker in NginxMaster.orphans(of: dead) { worker.send(SIGQUIT) }
        while NginxMaster.orphans(of: dead).contains(where: { !$0.isShuttingDown }) {
            let isLate = ContinuousClock.now - start > .seconds(2)
            for worker in NginxMaster.orphans(of: dead) where isLate && !worker.isShuttingDown { worker.send(SIGKILL) }
            await pause(.milliseconds(5))
        }
    }

    /// Removes the sockets that nobody listens on any more: nginx would not start because of them.
    func clearSockets() {
        let sockets =
            [settings.statusSocket, state.httpsSocket, state.proxiesSocket, state.passingSocket]
            + state.controlSockets
        for socket in sockets where UnixSocket.isAbandoned(socket) { unlink(socket) }
    }
}
