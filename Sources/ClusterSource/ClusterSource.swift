package import Diagnostics
package import KubernetesClient

/// The objects of a cluster, watched through its API server.
///
/// What was read once keeps serving while the API server is away.
package actor ClusterSource {
    /// Ticks when what `read()` comes to is whole and other than before; keeps only the newest tick.
    ///
    /// A change that alters nothing that is kept, as one of an Ingress' status, does not tick.
    package nonisolated let changes: AsyncStream<Void>
    /// Ticks when the status of an Ingress has changed, or it is another object of the same name.
    package nonisolated let statusChanges: AsyncStream<Void>

    private let client: APIClient
    private let scope: ClusterScope
    private let pace: ReflectorPace
    private let tell: @Sendable (SourceCondition) -> Void
    private let change: AsyncStream<Void>.Continuation
    private let statusChange: AsyncStream<Void>.Continuation
    private var contents: ClusterContents
    private var wasSynced = false

    /// - Parameter tell: Is told when a resource cannot be read, when that has another reason, and when it can be again.
    package init(
        _ client: APIClient,
        _ scope: ClusterScope = ClusterScope(),
        pace: ReflectorPace = ReflectorPace(),
        tell: @escaping @Sendable (SourceCondition) -> Void = { _ in }
    ) {
        self.client = client
        self.scope = scope
        self.pace = pace
        self.tell = tell
        contents = ClusterContents(scope)
        (changes, change) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (statusChanges, statusChange) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Watches until the task is cancelled.
    package func watch() async throws {
        var backoff = pace.backoff
        var known: APIVersions?
        while true {
            let versions = try await currentVersions()
            if versions != known { backoff.reset() }
            known = versions
            let queries = WatchedKind.allCases.compactMap { kind in
                kind.query(scope, versions).map { (kind, $0) }
            }
            contents.expect(Dictionary(uniqueKeysWithValues: queries))
            await withTaskGroup(of: Void.self) { group in
                for (kind, query) in queries { group.addTask { await self.reflect(kind, query) } }
                // The first that ends has lost its resource: the API may have it in another version.
                await group.next()
                group.cancelAll()
            }
            try await Task.sleep(for: backoff.delay(jitter: .random(in: 0..<1)))
        }
    }

    /// Everything that is known now.
    package func read() -> ClusterReading {
        contents.reading()
    }

    /// What tells an object from another of its name; `nil` for one that is not known.
    package func identity(of reference: ObjectReference) -> ObjectIdentity? {
        contents.identity(of: reference)
    }

    /// Asks until there is an answer.
    private func currentVersions() async throws -> APIVersions {
        var backoff = pace.backoff
        var failure: APIError?
        while true {
            do throws(APIError) {
                let found = try await client.versions()
                if failure != nil { tell(SourceCondition(resource: nil, failure: nil)) }
                return found
            } catch {
                try Task.checkCancellation()
                if failure != error { tell(SourceCondition(resource: nil, failure: error)) }
                failure = error
                try await Task.sleep(
                    for: backoff.delay(retryAfter: error.retryAfter, jitter: .random(in: 0..<1))
                )
            }
        }
    }

    private nonisolated func reflect(_ kind: WatchedKind, _ query: ResourceQuery) async {
        let reflector = Reflector(client, query, pace: pace) { ClusterObject($0, of: query.resource) }
        await reflector.run { await self.take($0, of: kind, query) }
    }

    private func take(_ news: ReflectorNews<ClusterObject>, of kind: WatchedKind, _ query: ResourceQuery) {
        var effect: ObjectTable.Effect = []
        switch news {
        case .list(let list):
            effect = contents[kind].replace(with: list)
        case .changes(let changes):
            for change in changes { effect.formUnion(contents[kind].take(change)) }
        case .failure(let error):
            effect = note(error, of: kind, query)
        case .recovery:
            effect = note(nil, of: kind, query)
        }
        if effect.contains(.standing), kind == .ingresses { statusChange.yield() }
        let isSynced = contents.isSynced
        if isSynced, effect.contains(.meaning) || !wasSynced { change.yield() }
        wasSynced = isSynced
    }

    private func note(_ failure: APIError?, of kind: WatchedKind, _ query: ResourceQuery) -> ObjectTable.Effect {
        let old = contents[kind].failure
        guard old != failure else { return [] }
        contents[kind].failure = failure
        tell(SourceCondition(resource: query.resource, failure: failure))
        // What is forbidden is a finding; what else fails is none.
        return [old, failure].contains { if case .forbidden = $0 { true } else { false } } ? .meaning : []
    }
}
