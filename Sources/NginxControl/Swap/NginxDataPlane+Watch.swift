import Foundation

extension NginxDataPlane {
    /// Calls `onChange` whenever the nginx that serves is another, or is gone, until the task is cancelled.
    ///
    /// While a supervised one is missing, or the state folder is, it calls again every few seconds, whatever became of
    /// the first call.
    package func watch(onChange: @Sendable () -> Void) async {
        var lastCall = ContinuousClock.now
        while (try? await Task.sleep(for: .milliseconds(250))) != nil {
            if isKnownToRun, lock.isInPlace {
                guard !overdueNames.isEmpty, ContinuousClock.now - lastCall > .seconds(5) else { continue }
                lastCall = .now
                onChange()
                continue
            }
            let now = runningMaster
            let remote = now == nil ? remoteNginx : nil
            let isRunning = now != nil || remote != nil
            if !isRunning { clearSockets() }
            // What it has said while it ran was about reloads.
            if isRunning || known != nil || knownRemote != nil { foreignStarts = ForeignStarts(of: state) }
            let isRefused = !isRunning && !isSupervised && foreignStarts.listen()
            let isMissed =
                (!isRunning && isSupervised || !lock.isInPlace) && ContinuousClock.now - lastCall > .seconds(5)
            guard now != known || remote != knownRemote || isMissed || isRefused else { continue }
            (known, knownRemote) = (now, remote)
            lastCall = .now
            onChange()
        }
    }

    /// Whether the nginx that was found last still runs.
    private var isKnownToRun: Bool {
        // Cheap: a file; a system call to wait for a process knows only children.
        if let known { return known.isAlive }
        guard let knownRemote else { return false }
        // To be asked wakes the master.
        if let lastLook, ContinuousClock.now - lastLook < .seconds(1) { return true }
        lastLook = .now
        return knownRemote.processes() != nil
    }

    var isSupervised: Bool {
        if case .supervised = settings.ownership { true } else { false }
    }
}
