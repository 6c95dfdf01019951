import Diagnostics
import Dispatch
import FileWatching
package import KubernetesModel
import Manifests

/// A folder of manifests that is watched.
///
/// Objects that were good once keep serving until they are good again or gone: a file that is being written, that no
/// longer parses or cannot be read, and the folder itself while it is not there.
package actor FolderSource {
    /// Ticks whenever something may have changed below the folder; keeps only the newest tick.
    ///
    /// It ticks once at the start of `watch()`.
    package nonisolated let changes: AsyncStream<Void>
    private let tick: AsyncStream<Void>.Continuation
    private let thread = FolderThread()
    private let scanInterval: Duration
    private let writeLimit: Duration

    private var watch: FolderWatch
    private var contents: FolderContents
    /// Wakes who waits for the end of writing.
    private var writingBegins: AsyncStream<Void>.Continuation?

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe thread.asUnownedSerialExecutor()
    }

    /// Finds the folder, but reads nothing yet.
    ///
    /// - Parameters:
    ///   - folder: Its path as the user gave it; diagnostics name files by it.
    ///   - keepingIn: A folder for the last good texts of files that are bad, so that they outlast a restart;
    ///     `nil` keeps them in memory only.
    ///   - secrets: The Secrets that are used though no Ingress names them.
    ///   - scanInterval: How often to look for changes that nobody tells, as on NFS or behind links.
    ///   - writeLimit: How long after its last change to wait for a file that is being written to be closed.
    package init(
        folder: String,
        keepingIn: String? = nil,
        secrets: Set<NamespacedName> = [],
        scanInterval: Duration = .seconds(10),
        writeLimit: Duration = .seconds(5)
    ) throws(FolderSourceError) {
        let name = FileName(folder)
        do throws(SystemError) {
            _ = try FolderEntries(of: name)
        } catch {
            throw FolderSourceError(error, folder: folder)
        }
        self.scanInterval = scanInterval
        self.writeLimit = writeLimit
        watch = FolderWatch(of: name)
        contents = FolderContents(of: name, keepingIn: keepingIn, secrets: secrets)
        (changes, tick) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Watches until the task is cancelled.
    package func watch() async throws {
        try await follow(startWatching())
    }

    /// Looks for changes by what the system tells, if it tells any, and by looking every now and then.
    func follow(_ events: (any DispatchSourceRead)?) async throws {
        let (writing, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        writingBegins = continuation
        defer {
            events?.cancel()
            watch.stop()
        }
        tick.yield()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.scanRepeatedly() }
            group.addTask { try await self.awaitEnds(of: writing) }
            try await group.waitForAll()
        }
    }

    /// Reads what has changed since the last call, and returns everything.
    package func read() -> FolderReading {
        // Who has begun to write a file until now is known before it is read; what has changed until now is read.
        watch.takeEvents()
        _ = watch.takeChange()
        _ = watch.pending.giveUp(since: .now - writeLimit)
        contents.update(watch.list(), watch: &watch)
        announceNews()
        var reading = contents.reading
        if let error = watch.lastError {
            reading.diagnostics.insert(.limited(error, folder: watch.folder, scanInterval: scanInterval), at: 0)
        }
        return reading
    }

    /// Returns `nil` where the system refuses to tell of changes.
    func startWatching() -> (any DispatchSourceRead)? {
        guard let inotify = watch.start() else { return nil }
        let source = DispatchSource.makeReadSource(fileDescriptor: inotify.descriptor, queue: thread.queue)
        source.setEventHandler { @Sendable [weak self] in self?.assumeIsolated { $0.takeEvents() } }
        // The descriptor stays open for as long as the source may look at it.
        source.setCancelHandler { @Sendable in withExtendedLifetime(inotify) {} }
        source.activate()
        return source
    }

    private func takeEvents() {
        watch.takeEvents()
        announceNews()
    }

    private func announceNews() {
        if watch.takeChange() { tick.yield() }
        if watch.pending.oldestWrite != nil { writingBegins?.yield() }
    }

    private func scanRepeatedly() async throws {
        while true {
            try await Task.sleep(for: scanInterval)
            takeEvents()
            if contents.differ(from: watch.list(), pending: watch.pending) { tick.yield() }
        }
    }

    /// Ticks for files that nobody closes.
    private func awaitEnds(of writing: AsyncStream<Void>) async throws {
        for await _ in writing {
            while let oldest = watch.pending.oldestWrite {
                try await Task.sleep(until: oldest + writeLimit, clock: .continuous)
                takeEvents()
                if watch.pending.giveUp(since: .now - writeLimit) { tick.yield() }
            }
        }
    }
}

extension Diagnostic {
    fileprivate static func limited(_ error: SystemError, folder: FileName, scanInterval: Duration) -> Diagnostic {
        Diagnostic(
            .warning,
            code: "watch-limited",
            "not every folder in \(folder.text.printable) can be watched: \(error); "
                + "changes are found by looking every \(scanInterval.formatted())",
            hint: "raise fs.inotify.max_user_watches and fs.inotify.max_user_instances"
        )
    }
}

extension Duration {
    /// As in `10 s`.
    fileprivate func formatted() -> String {
        let milliseconds = components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
        return milliseconds % 1_000 == 0 ? "\(milliseconds / 1_000) s" : "\(milliseconds) ms"
    }
}

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
