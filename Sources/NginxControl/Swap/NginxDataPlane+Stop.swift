import Foundation

extension NginxDataPlane {
    /// Ends a supervised nginx: requests under way are finished, but not for longer than the given time.
    ///
    /// It may have lost its master, whose workers serve on; then they are ended themselves.
    package func stop(within time: Duration) async {
        guard isSupervised else { return }
        let steps: [(Int32, Duration)] = [(SIGQUIT, time), (SIGTERM, .seconds(3)), (SIGKILL, .seconds(1))]
        for (signal, patience) in steps {
            let deadline = ContinuousClock.now + patience
            var reported: Set<ProcessEntry.Identity> = []
            while true {
                let left = processes
                guard !left.isEmpty else { return }
                // A master tells its workers by itself; one that is killed no longer can.
                let master = signal == SIGKILL ? nil : left.first(where: \.isNginxMaster)
                for process in master.map({ [$0] }) ?? left where reported.insert(process.identity).inserted {
                    process.send(signal)
                }
                guard ContinuousClock.now < deadline else { break }
                await pause(.milliseconds(10))
            }
        }
    }

    /// Has a supervised nginx open its logs anew, as after they were renamed.
    package func reopenLogs() {
        guard isSupervised else { return }
        runningMaster?.entry.send(SIGUSR1)
    }

    /// The master and its workers, or what it has left behind.
    private var processes: [ProcessEntry] {
        if let master = runningMaster { return [master.entry] + master.workers }
        let number = latest ?? NginxMaster.number(in: settings.processIDFile)
        return number.map(NginxMaster.orphans) ?? []
    }
}
