import Controller
import Foundation

/// An nginx whose processes are not to be seen from here, as in a container with a process namespace of its own: it is
/// known by its control API alone.
extension NginxDataPlane {
    /// That of an nginx whose socket is named; `nil` where nobody answers there.
    var remoteNginx: NginxControlAPI? {
        guard !isSupervised, let socket = settings.controlSocket else { return nil }
        let api = NginxControlAPI(socket: socket)
        return api.processes() == nil ? nil : api
    }

    /// Whether an nginx runs, seen or not.
    var isNginxRunning: Bool { runningMaster != nil || remoteNginx != nil }

    /// Has the nginx that runs read its files anew, and waits until it serves a generation; returns `false` where none
    /// runs.
    func reloadRunning(to id: String) async throws(SwapFailure) -> Bool {
        if let master = runningMaster {
            try await reload(master, to: id)
        } else if let api = remoteNginx {
            try reload(api, to: id)
        } else {
            return false
        }
        return true
    }

    private func reload(_ api: NginxControlAPI, to id: String) throws(SwapFailure) {
        let old = Set(api.servingWorkers.map(\.pid))
        var order = ReloadOrder(for: nil, log: state.refusalLog)
        _ = order.send(by: api)
        atStep(.reloaded)
        let start = ContinuousClock.now
        while true {
            if let refusal = order.refusal(in: state.current) {
                throw SwapFailure(.reloadRefused(words: refusal.words), refusal: refusal)
            }
            if let trouble = order.trouble {
                throw SwapFailure(.unreachable("its control API at \(api.socket) is of no use: \(trouble)"))
            }
            if order.isRead, api.hasReplaced(old), Settling.isAnswered(for: id, ask: { liveGeneration }) { return }
            guard ContinuousClock.now - start < patience else {
                let hint = api.hasRead(id) == true ? "it has read it, but no worker answers for it" : nil
                throw SwapFailure(.reloadTimedOut(after: settings.reloadTimeout, hint: hint))
            }
            // It blocks, so that nobody looks meanwhile for an nginx that answers nothing while it reads its files.
            poll(nil, 0, 20)
        }
    }
}

extension NginxControlAPI {
    /// The workers that take connections.
    fileprivate var servingWorkers: [Process] { (processes() ?? []).filter { $0.isWorker && !$0.exiting } }

    /// Whether the master has started workers, and has told those before to end.
    fileprivate func hasReplaced(_ old: Set<Int32>) -> Bool {
        let serving = servingWorkers
        return !serving.isEmpty && !serving.contains { old.contains($0.pid) }
    }
}
