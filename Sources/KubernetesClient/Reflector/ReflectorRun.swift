import YAML

/// Where a reflector is.
struct ReflectorRun<Object: Sendable>: Sendable {
    private let lister: ObjectLister<Object>
    private let pace: ReflectorPace
    private let notify: @Sendable (ReflectorUpdate<Object>) async -> Void
    /// The version to watch from; `nil` where the objects must be listed first.
    var resourceVersion: String?
    private var isFailing = false
    private var hasBookmarks = false

    /// An object has at most 1.5 MiB in etcd, and escapes in JSON may double that.
    private static var lineLimit: Int { 16 << 20 }

    init(
        _ lister: ObjectLister<Object>,
        _ pace: ReflectorPace,
        _ notify: @escaping @Sendable (ReflectorUpdate<Object>) async -> Void
    ) {
        self.lister = lister
        self.pace = pace
        self.notify = notify
    }

    /// Lists where need be, and watches until the watch ends.
    mutating func watch(_ schedule: inout ReflectorSchedule) async -> ReflectorSchedule.Outcome {
        let clock = ContinuousClock()
        let start = clock.now
        do throws(APIError) {
            let version: String
            if let resourceVersion {
                version = resourceVersion
            } else {
                let listing = try await lister.list()
                await notify(.list(listing.objects))
                version = listing.resourceVersion
                resourceVersion = version
                schedule.progress()
            }
            try await watch(from: version, &schedule)
            return .ended(after: clock.now - start)
        } catch {
            if error != .cancelled, !error.isPassing { await fail(error) }
            return .failed(error)
        }
    }

    private mutating func watch(from version: String, _ schedule: inout ReflectorSchedule) async throws(APIError) {
        let seconds = Int.random(in: pace.watch)
        let request = lister.query.request(
            [
                .init("watch", "true"), .init("resourceVersion", version), .init("allowWatchBookmarks", "true"),
                .init("timeoutSeconds", String(seconds)),
            ],
            // The server ends it first, if it is still there.
            timeout: .seconds(seconds + 30)
        )
        let stream = try await lister.client.open(request, idle: hasBookmarks ? pace.silence : nil)
        await succeed()
        var lines = LineSplitter(limit: Self.lineLimit)
        while let part = try await stream.next() {
            try await take(try lines.add(part), &schedule)
        }
    }

    /// Takes whole events; those before one that is of no use count.
    private mutating func take(_ lines: [[UInt8]], _ schedule: inout ReflectorSchedule) async throws(APIError) {
        var changes: [ReflectorUpdate<Object>.Change] = []
        var failure: APIError?
        do throws(APIError) {
            for line in lines {
                let (event, version) = try WatchEvent.read(line)
                switch event {
                case .changed(let node): if let object = lister.decode(node) { changes.append(.changed(object)) }
                case .removed(let node): if let object = lister.decode(node) { changes.append(.removed(object)) }
                case .bookmark: hasBookmarks = true
                case .other: break
                case .failed(let error): throw error
                }
                advance(to: version)
                schedule.progress()
            }
        } catch {
            failure = error
        }
        if !changes.isEmpty { await notify(.changes(changes)) }
        if let failure { throw failure }
    }

    /// An event that comes late does not lead back.
    private mutating func advance(to version: String?) {
        guard let version else { return }
        if let old = resourceVersion.flatMap({ UInt64($0) }), let new = UInt64(version), new < old { return }
        resourceVersion = version
    }

    private mutating func fail(_ error: APIError) async {
        isFailing = true
        await notify(.failure(error))
    }

    private mutating func succeed() async {
        guard isFailing else { return }
        isFailing = false
        await notify(.recovery)
    }
}

extension APIError {
    /// Whether it belongs to the course of things: the server has forgotten what is watched from.
    fileprivate var isPassing: Bool {
        if case .gone = self { true } else { false }
    }
}
