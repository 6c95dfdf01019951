import Controller
import Diagnostics
import FileWatching
import Foundation

extension NginxDataPlane {
    /// The nginx that serves; `nil` where none runs.
    var runningMaster: NginxMaster? {
        switch settings.ownership {
        case .external:
            // One that is not seen may have a number that another has here, such as a shadow.
            NginxMaster(
                processIDFile: settings.processIDFile,
                startedWith: settings.controlSocket == nil ? nil : state.configurationFile
            )
        case .supervised:
            NginxMaster(processIDFile: settings.processIDFile, startedWith: state.configurationFile)
                ?? NginxMaster(startedWith: state.configurationFile)
        }
    }

    /// Makes nginx serve what `current` leads to; returns `false` where none runs and none is ours to start.
    func makeLive(_ id: String) async throws(SwapFailure) -> Bool {
        if let master = runningMaster {
            if case .supervised(let program) = settings.ownership, isStatusSocketGone {
                try await replace(master, by: program, serving: id)
            } else {
                try await reload(master, to: id)
            }
            return true
        }
        if try await reloadRunning(to: id) { return true }
        if let other = liveGeneration, case .external = settings.ownership {
            throw SwapFailure(
                .unreachable(
                    "an nginx answers on \(settings.statusSocket) for generation \(other), "
                        + "but \(settings.processIDFile) does not name it"
                        + (settings.controlSocket.map { ", and it does not answer at \($0)" } ?? "")
                )
            )
        }
        return try await ensureRunning()
    }

    /// Makes nginx read its files anew, and waits until every worker that takes connections serves the generation.
    func reload(_ master: NginxMaster, to id: String) async throws(SwapFailure) {
        var children = ChildrenWatch(of: master.entry)
        let old = children.read().filter(\.isNginxWorker)
        endExcess(of: old)
        // nginx opens its logs once it has read all of a configuration, and says there what is wrong with it.
        let watch = PathWatch.use(of: state.refusalLog)
        let api = controlAPI(of: master)
        var order = ReloadOrder(for: master, log: state.refusalLog)
        defer { note(order.trouble, of: api, master) }
        guard order.send(by: api) else {
            let number = master.entry.processIdentifier
            throw SwapFailure(
                master.isAlive
                    ? .unreachable("process \(number) is nginx, but this user may not signal it") : .proxyDied
            )
        }
        atStep(.reloaded)
        let start = ContinuousClock.now
        let end = ProcessEnd(of: master.entry)
        var settling = Settling(before: old)
        // When nginx was last seen to come to something new.
        var latest: Duration = .zero
        var quit: Set<ProcessEntry.Identity> = []
        var haveChanged = false
        while true {
            let elapsed = ContinuousClock.now - start
            // Before there is a worker that was not there there is nobody who could answer for the generation.
            haveChanged = haveChanged || children.mayHaveChanged
            if haveChanged {
                settling.note(children.read(), at: elapsed)
                if settling.isDone(for: id, at: elapsed, ask: { liveGeneration }) { return }
            }
            let hasNews = watch.hasEvents()
            if hasNews { latest = elapsed }
            // What nginx refuses it says in the log that is watched, or by its control API.
            if hasNews || watch.descriptor == nil || api != nil, let refusal = order.refusal(in: state.current) {
                throw SwapFailure(.reloadRefused(words: refusal.words), refusal: refusal)
            }
            guard elapsed < patience else {
                throw SwapFailure(.reloadTimedOut(after: settings.reloadTimeout, hint: hint(on: master, api, to: id)))
            }
            if !haveChanged, elapsed > patience / 2 { order.insist() }
            // nginx ends its old workers 100 ms after it has started new ones, to give these time to get ready. They are,
            // so that it may be now; the same signal once more is nothing to a worker.
            for worker in settling.replaced where quit.insert(worker.identity).inserted { worker.send(SIGQUIT) }
            let isReading = watch.descriptor != nil && latest == .zero
            let waited = settling.waitForOld(at: elapsed) ?? elapsed - latest
            // A long reload needs no look to the millisecond, and hardly any before nginx says that it has come further.
            let interval =
                isReading
                ? min(max(waited / 2, .milliseconds(4)), .seconds(1))
                : min(max(waited / 8, .milliseconds(4)), .milliseconds(200))
            if end.comes(within: interval, orReadable: watch.descriptor) { throw SwapFailure(.proxyDied) }
        }
    }

    /// Returns the likely reason that nginx does not answer.
    private func hint(on master: NginxMaster, _ api: NginxControlAPI?, to id: String) -> String? {
        if isStatusSocketGone {
            return "\(settings.statusSocket) is gone, and only a new start of nginx brings it back"
        }
        if api?.hasRead(id) == true { return "it has read it, but no worker answers for it" }
        guard !master.entry.title.contains(state.configurationFile) else { return nil }
        // Anybody may call his process what he likes.
        let title = master.entry.title.prefix(200).printable
        return "it must be started with -c \(state.configurationFile), but is '\(title)'"
    }

    /// Ends the oldest workers that still drain where there are too many: each holds the memory of a whole nginx.
    private func endExcess(of workers: [ProcessEntry]) {
        for worker in settings.draining.excess(of: workers, memory: \.memory) { worker.send(SIGTERM) }
    }

    /// Leads nginx back to what served before.
    func restore(_ before: String?, insteadOf id: String, after failure: SwapFailure) async {
        guard let before, before != id else { return }
        do throws(SwapFailure) {
            try write { () throws(StateFolderError) in try state.point(state.current, to: before) }
            // An nginx that refuses to reload goes on with what it has; one that is late may read anything yet.
            if failure.refusal != nil, liveGeneration == before, isNginxRunning { return }
            guard try await !reloadRunning(to: before) else { return }
            try await ensureRunning()
        } catch {
            // The next reconcile finds nginx as it is then; the first error is the one to tell.
        }
    }

    /// Waits, also when the task is cancelled: a swap that has begun comes to its end before the process does.
    func pause(_ duration: Duration) async {
        await Task.detached { try? await Task.sleep(for: duration) }.value
    }

    /// How long nginx may take; less when the process is told to end, and somebody waits for that.
    var patience: Duration { Task.isCancelled ? min(settings.reloadTimeout, .seconds(10)) : settings.reloadTimeout }
}
