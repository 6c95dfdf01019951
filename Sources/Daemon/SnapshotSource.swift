package import Controller
package import FolderSource

/// Where the objects come from that are served.
package protocol SnapshotSource: Sendable {
    /// Says that something may have changed.
    var changes: AsyncStream<Void> { get }

    /// Keeps up with what changes, until the task is cancelled.
    func watch() async throws

    /// The objects that there are now; `nil` until all of them are known: a part would take away what serves.
    func reading() async -> SourceReading?

    /// Tells of what became of a reading.
    func note(_ report: ReconcileReport) async

    /// Takes leave, when nothing is reconciled any more.
    func end() async
}

extension FolderSource: SnapshotSource {
    package func reading() async -> SourceReading? {
        let start = ContinuousClock.now
        let reading = read()
        return SourceReading(
            snapshot: reading.snapshot,
            diagnostics: reading.diagnostics,
            duration: ContinuousClock.now - start
        )
    }

    /// Nobody reads in a folder what became of it: there are the log and `postern status`.
    package func note(_ report: ReconcileReport) async {}

    package func end() async {}
}
