package import Diagnostics
package import KubernetesClient
package import KubernetesModel
import Timing

/// The Ingresses of a cluster and all that they name, as an API server tells them.
///
/// Nothing is told before all of it is known, and what is known stays while the API server cannot be asked: a part
/// taken for the whole would take routes away.
package actor ClusterSource {
    /// Ticks whenever something may have changed that is served; keeps only the newest tick.
    package nonisolated let changes: AsyncStream<Void>
    private let tick: AsyncStream<Void>.Continuation
    private let client: APIClient
    private let scope: ClusterScope
    private let names: NamedObjects
    private let pace: ReflectorPace
    private let notify: @Sendable (ClusterConnectionChange) async -> Void

    /// The queries to follow; empty before it is known which resources the API has.
    private var queries: [WatchedKind: ResourceQuery] = [:]
    private var state = ClusterState()
    private var listed: Set<WatchedKind> = []
    private var failures: [WatchedKind: APIError] = [:]
    /// Whether it was told that all that is needed has been read.
    private var hasReportedAll = false
    /// The ConfigMaps that are named, with the need for each.
    private var configMaps: [NamespacedName: ObjectNeed]
    /// Ticks when other ConfigMaps are named.
    private var configMapChange: AsyncStream<Void>.Continuation?
    private let named: NamedSecrets
    private var lookups = SecretLookups()
    /// Ticks when Secrets may be named of which the name is known alone.
    private var secretChange: AsyncStream<Void>.Continuation?
    /// Ends when all Ingresses are known, and with them the Secrets of which more than the name is to be kept.
    private var ingressesListed: AsyncStream<Void>.Continuation?

    /// - Parameters:
    ///   - names: The objects that are read because they are named.
    ///   - notify: Called with what becomes of the connection.
    package init(
        _ client: APIClient,
        scope: ClusterScope = ClusterScope(),
        names: NamedObjects = NamedObjects(),
        pace: ReflectorPace = ReflectorPace(),
        notify: @escaping @Sendable (ClusterConnectionChange) async -> Void = { _ in }
    ) {
        self.client = client
        self.scope = scope
        self.names = names
        named = NamedSecrets(always: names.secrets)
        configMaps = state.configMaps(names)
        self.pace = pace
        self.notify = notify
        (changes, tick) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Keeps up with the API server until the task is cancelled.
    package func watch() async throws {
        var backoff = pace.backoff
        while true {
            try Task.checkCancellation()
            do throws(APIError) {
                queries = try await client.versions().queries(scope)
                backoff.reset()
                await follow()
                // The API has other versions now; those may take a moment to appear.
                try? await Task.sleep(for: .seconds(1))
            } catch {
                guard error != .cancelled else { continue }
                await notify(.undiscovered(error))
                let delay = backoff.delay(retryAfter: error.retryAfter, jitter: .random(in: 0..<1))
                try await Task.sleep(for: delay)
            }
        }
    }

    /// Returns the state that is known now.
    package func read() -> ClusterReading {
        ClusterReading(
            isSynced: isComplete && !lookups.isAwaited,
            snapshot: snapshot,
            diagnostics: state.diagnostics + forbidden,
            lacksClasses: failures[.ingressClass]?.isForbidden == true && !listed.contains(.ingressClass)
        )
    }

    private var snapshot: ClusterSnapshot {
        var snapshot = state.snapshot(selectsNamespaces: scope.namespaceSelector != nil)
        for name in configMaps.keys where failures[.configMap(name)] != nil && !listed.contains(.configMap(name)) {
            if let reference = ObjectReference(kind: ConfigMap.kind, name) { snapshot.refused.insert(reference) }
        }
        return snapshot
    }

    /// All Ingresses that may be served, of whatever class.
    package func ingresses() -> [ObjectRecord] {
        state.records(selectsNamespaces: scope.namespaceSelector != nil)
    }

    /// The identity of an object, which another of its name does not share; `nil` for an unknown one.
    package func identity(of object: ObjectReference) -> ObjectIdentity? { state.identity(of: object) }

    private func follow() async {
        // What the API does not have is known to be empty.
        for kind in WatchedKind.always where queries[kind] == nil { listed.insert(kind) }
        await withTaskGroup(of: Void.self) { group in
            for (kind, query) in queries { group.addTask { await self.follow(kind, query) } }
            group.addTask { await self.followConfigMaps() }
            if let query = queries[.secret] { group.addTask { await self.lookUpSecrets(query.resource) } }
            // One that ends has lost its resource: the API has other versions now.
            await group.next()
            group.cancelAll()
        }
    }

    /// Keeps up with each ConfigMap that is named, until the task is cancelled.
    private func followConfigMaps() async {
        let (changes, configMapChange) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        self.configMapChange = configMapChange
        configMapChange.yield()
        await withDiscardingTaskGroup { group in
            var followed: [NamespacedName: AsyncStream<Never>.Continuation] = [:]
            for await _ in changes {
                for name in followed.keys where configMaps[name] == nil {
                    followed.removeValue(forKey: name)?.finish()
                    forget(configMap: name)
                }
                for name in configMaps.keys where followed[name] == nil {
                    let (end, continuation) = AsyncStream<Never>.makeStream()
                    followed[name] = continuation
                    let query = ResourceQuery(configMap: name)
                    queries[.configMap(name)] = query
                    group.addTask { await self.follow(.configMap(name), query, until: end) }
                }
            }
            group.cancelAll()
        }
    }

    private func follow(_ kind: WatchedKind, _ query: ResourceQuery, until end: AsyncStream<Never>) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.follow(kind, query) }
            group.addTask { for await _ in end {} }
            await group.next()
            group.cancelAll()
        }
    }

    private func forget(configMap name: NamespacedName) {
        let kind = WatchedKind.configMap(name)
        queries[kind] = nil
        failures[kind] = nil
        listed.remove(kind)
        state.forget(configMap: name)
    }

    /// Takes note of the ConfigMaps that are named now.
    private func nameConfigMaps() {
        let named = state.configMaps(names)
        guard named != configMaps else { return }
        configMaps = named
        configMapChange?.yield()
    }

    private func follow(_ kind: WatchedKind, _ query: ResourceQuery) async {
        if kind == .secret { await awaitIngresses() }
        let reflector = Reflector(client, query, pace: pace) { [named] in
            WatchedObject($0, of: query.resource, named.use)
        }
        await reflector.run { await self.take($0, kind, query.resource) }
    }

    private func take(_ update: ReflectorUpdate<WatchedObject>, _ kind: WatchedKind, _ resource: APIResource) async {
        // What comes late of a ConfigMap that nobody names any more.
        guard queries[kind] != nil else { return }
        let wasComplete = isComplete
        var isChange = false
        switch update {
        case .list(let objects):
            isChange = state.replace(kind, with: objects)
            if listed.insert(kind).inserted { isChange = true } else { await notify(.relisted(resource)) }
        case .changes(let changes):
            for change in changes where state.take(change, kind) { isChange = true }
        case .failure(let error):
            let before = failures.updateValue(error, forKey: kind)
            isChange = before?.isForbidden != error.isForbidden
            let isNew = before?.word != error.word && !isMeant(kind, error)
            await notify(isNew ? .failing(resource, error) : .stillFailing(resource, error))
        case .recovery:
            isChange = failures.removeValue(forKey: kind)?.isForbidden == true
            await notify(.recovered(resource))
        }
        let isGlobal = names.globalConfigMap.map { kind == .configMap($0) } ?? false
        if kind == .ingressClass || kind == .ingress || isGlobal { nameConfigMaps() }
        if kind == .ingress || isGlobal { nameSecrets() }
        if kind == .ingress || kind == .secret || isGlobal { awaitSecrets() }
        guard isComplete else { return }
        if isChange || !wasComplete { tick.yield() }
        guard !hasReportedAll else { return }
        hasReportedAll = true
        await notify(.complete)
    }

    /// Waits until it is known which Secrets are named: what others hold is not even to pass through memory at once.
    private func awaitIngresses() async {
        guard !listed.contains(.ingress) else { return }
        let (end, continuation) = AsyncStream<Void>.makeStream()
        ingressesListed = continuation
        for await _ in end {}
    }

    private func nameSecrets() {
        guard listed.contains(.ingress) else { return }
        if let kept = named.replace(with: state.namedSecrets(names)) { _ = state.stripSecrets(besides: kept) }
        ingressesListed?.finish()
    }

    /// Takes note of the Secrets that are to be read for themselves.
    private func awaitSecrets() {
        lookups.want(state.secretsToRead(among: named.all))
        if lookups.isAwaited { secretChange?.yield() }
    }

    /// Reads Secrets that come to be named, each for itself, until the task is cancelled.
    private func lookUpSecrets(_ resource: APIResource) async {
        let (changes, secretChange) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        self.secretChange = secretChange
        secretChange.yield()
        for await _ in changes {
            var backoff = pace.backoff
            while !Task.isCancelled, !lookups.wanted.isEmpty {
                for name in lookups.wanted.keys.sorted() { await lookUp(name, resource) }
                if isComplete { tick.yield() }
                guard !lookups.wanted.isEmpty else { break }
                try? await Task.sleep(for: backoff.delay(jitter: .random(in: 0..<1)))
            }
        }
    }

    /// Holds nobody up for long: where a Secret cannot be read now, what else there is goes live without it.
    private func lookUp(_ name: NamespacedName, _ resource: APIResource) async {
        do throws(APIError) {
            let node = try await client.object(name, of: resource, timeout: .seconds(5))
            if let object = WatchedObject(node, of: resource, { named.use(of: $0) ?? .certificate }) {
                _ = state.take(.changed(object), .secret)
            }
            lookups.take(name, in: state.secrets.object(name)?.version)
        } catch .notFound {
            // The watch tells of its end, if it has not yet.
            lookups.take(name, in: state.secrets.object(name)?.version)
        } catch {
            lookups.fail(name)
            await notify(.failing(resource, error))
        }
    }

    /// Whether all that is needed has been read, as far as it may be.
    private var isComplete: Bool {
        !queries.isEmpty && WatchedKind.always.allSatisfy(isSettled)
            && configMaps.keys.allSatisfy { isSettled(.configMap($0)) }
    }

    /// Whether nobody waits for objects of a kind.
    private func isSettled(_ kind: WatchedKind) -> Bool {
        guard !listed.contains(kind) else { return true }
        guard let failure = failures[kind] else { return false }
        return switch kind.need(configMaps) {
        case .always: false
        case .unlessForbidden: failure.isForbidden
        case .whereReadable: true
        }
    }

    /// Whether who grants rights means that something cannot be read: for one namespace a Role will do, and classes are
    /// in none.
    private func isMeant(_ kind: WatchedKind, _ error: APIError) -> Bool {
        kind == .ingressClass && scope.namespace != nil && error.isForbidden
    }

    /// The findings about resources that may not be read, which does not pass by itself; of the ConfigMaps of one
    /// namespace, one finding tells of all.
    private var forbidden: [Diagnostic] {
        let kinds = WatchedKind.always + configMaps.keys.sorted().map(WatchedKind.configMap)
        let findings: [Diagnostic] = kinds.compactMap { kind in
            guard let error = failures[kind], error.isForbidden, let query = queries[kind] else { return nil }
            let effect = kind.effect(whereForbidden: kind.need(configMaps), isKnown: listed.contains(kind))
            return .forbidden(query, error, effect, isMeant: isMeant(kind, error))
        }
        var reported: Set<Diagnostic> = []
        return findings.filter { reported.insert($0).inserted }
    }
}
