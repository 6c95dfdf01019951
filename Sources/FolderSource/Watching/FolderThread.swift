import Dispatch

/// A thread for what waits for a disk: the shared pool has only one for each core.
final class FolderThread: SerialExecutor {
    let queue = DispatchQueue(label: "postern.folder")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
