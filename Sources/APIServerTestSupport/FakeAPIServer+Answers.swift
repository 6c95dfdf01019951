/// Answers as they should be.
extension FakeAPIServer {
    nonisolated func answer(_ request: FakeRequest, on connection: FakeConnection) async throws {
        if let text = await discovery(request.path) { return try await connection.write(text, status: 200) }
        let (path, namespace) = Self.place(request.path)
        let selection = FakeSelection(request, in: namespace)
        guard request.isWatch else {
            let (text, status) = await list(request, path, selection)
            return try await connection.write(text, status: status)
        }
        try await watch(request, path, selection, connection)
    }

    private func list(_ request: FakeRequest, _ path: String, _ selection: FakeSelection) -> (String, Int) {
        guard let collection = collections[path] else { return (Self.status(404, "NotFound", "no such resource"), 404) }
        let page = collection.page(
            selection,
            limit: request.query["limit"].flatMap { Int($0) },
            from: request.query["continue"].flatMap { Int($0) } ?? 0,
            version: version
        )
        return (page, 200)
    }

    private nonisolated func watch(
        _ request: FakeRequest,
        _ path: String,
        _ selection: FakeSelection,
        _ connection: FakeConnection
    ) async throws {
        guard var seen = request.query["resourceVersion"].flatMap({ Int($0) }), await serves(path) else {
            return try await connection.write(Self.status(404, "NotFound", "no such resource"), status: 404)
        }
        try await connection.beginWatch()
        guard await seen >= oldestVersion else {
            let gone = FakeCollection.event("ERROR", Self.status(410, "Expired", "too old resource version"))
            try await connection.writeChunk(gone + "\n")
            return try await connection.endWatch()
        }
        for await _ in await ticks() {
            guard let (lines, version) = await events(path, selection, after: seen) else { break }
            seen = version
            try await connection.writeChunk(lines.map { $0 + "\n" }.joined())
        }
        try await connection.endWatch()
    }

    private func serves(_ path: String) -> Bool { collections[path] != nil }

    private func events(_ path: String, _ selection: FakeSelection, after seen: Int) -> ([String], Int)? {
        guard let events = collections[path]?.events else { return nil }
        let newer = events.filter {
            $0.version > seen && ($0.name.isEmpty || selection.includes($0.namespace, $0.name))
        }
        return (newer.map(\.line), max(seen, version))
    }

    /// Ticks at once, and whenever something has changed.
    private func ticks() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = (waiting.keys.max() ?? 0) + 1
        waiting[id] = continuation
        continuation.yield()
        return stream
    }

    func notifyWatches() {
        for continuation in waiting.values { continuation.yield() }
    }

    private func discovery(_ path: String) -> String? {
        let parts = path.split(separator: "/")
        guard parts.first == "apis", parts.count == 3 else { return nil }
        let names = collections.keys.filter { $0.hasPrefix(path + "/") }.map { $0.split(separator: "/").last ?? "" }
        guard !names.isEmpty else { return nil }
        let resources = names.sorted().map { #"{"name":"\#($0)"}"# }.joined(separator: ",")
        return #"{"kind":"APIResourceList","resources":[\#(resources)]}"#
    }

    /// The path of all objects of a resource, and the namespace of those that are meant.
    private static func place(_ path: String) -> (path: String, namespace: String?) {
        var parts = path.split(separator: "/").map(String.init)
        guard let index = parts.firstIndex(of: "namespaces"), index + 2 < parts.count else { return (path, nil) }
        let namespace = parts[index + 1]
        parts.removeSubrange(index...(index + 1))
        return ("/" + parts.joined(separator: "/"), namespace)
    }

    package static func status(_ code: Int, _ reason: String, _ message: String) -> String {
        #"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","#
            + #""reason":"\#(reason)","message":"\#(message)","code":\#(code)}"#
    }
}
