import Dispatch

/// A thread for what waits in C: the shared pool has only one for each core.
final class ProbeThread: SerialExecutor {
    private let queue = DispatchQueue(label: "postern.probes")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
