import APIServerTestSupport
import KubernetesClient
import TestSupport
import Testing

@Suite
struct `A reflector` {
    @Test
    func `lists in pages and watches from there`() async throws {
        try await ReflectedServices.use { server, services in
            for number in 0..<1_201 { try await server.put(service("s\(number)"), in: services.path) }
            services.start()
            try await services.await(count: 1_201)
            try await server.put(service("new"), in: services.path)
            try await server.remove("s7", namespace: "shop", from: services.path)
            try await services.await { $0.contains("new") && !$0.contains("s7") }
            let lists = await server.requests.filter { !$0.isWatch }
            #expect(lists.map { $0.query["limit"] } == ["500", "500", "500"])
            #expect(lists.map { $0.query["continue"] } == [nil, "500", "1000"])
            let watch = try #require(await server.requests.last)
            #expect(watch.query["allowWatchBookmarks"] == "true")
            #expect((300...600).contains(Int(watch.query["timeoutSeconds"] ?? "") ?? 0))
            #expect(await services.lists == 1)
        }
    }

    @Test
    func `lists in one piece when the rest of a list has grown too old`() async throws {
        try await ReflectedServices.use { server, services in
            for number in 0..<700 { try await server.put(service("s\(number)"), in: services.path) }
            await server.script([.status(410, reason: "Expired")]) { $0.query["continue"] != nil }
            services.start()
            try await services.await(count: 700)
            #expect(await server.requests.filter { !$0.isWatch }.map { $0.query["limit"] } == ["500", "500", nil])
        }
    }

    @Test(
        arguments: [
            [
                .truncated(
                    #"{"kind":"ServiceList","metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"a"}}"#
                )
            ],
            [.body("<html>a proxy</html>")], [.body("{}")], [.hangUp], [.silence], [.status(500)],
            [.body(#"{"kind":"ServiceList","metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"a"}}"#)],
            [.body(#"{"kind":"ServiceList","metadata":{},"items":[]}"#)],
            [.status(429, head: ["Retry-After: 1"])], [.status(503, head: ["Retry-After: 1"])],
        ] as [[FakeAnswer]]
    )
    func `takes no part of a list for the whole`(_ answers: [FakeAnswer]) async throws {
        try await ReflectedServices.use { server, services in
            for number in 0..<600 { try await server.put(service("s\(number)"), in: services.path) }
            services.start()
            try await services.await(count: 600)
            // The second page fails; what was read before is all that counts.
            try await server.put(service("new"), in: services.path)
            try await services.await(count: 601)
            await server.script(answers) { $0.query["continue"] != nil }
            await server.compact()
            await server.hangUp()
            if answers == [.silence] {
                // It ends with the connection, as it would with the time-out of the request.
                try await eventually("a silent page") { await server.requests.last?.query["continue"] != nil }
                await server.hangUp()
            }
            try await eventually("a second list") { await services.lists == 2 }
            #expect(await services.sizes == [600, 601])
            #expect(await services.failures.isEmpty == false)
        }
    }

    @Test(
        arguments: [
            .watch([], end: .hangUp), .watch([], end: .ordered), .hangUp, .status(500), .status(503),
            .status(429, head: ["Retry-After: 1"]),
            .watch([FakeAPIServer.error(500, "InternalError")], end: .ordered), .watch(["garbage"], end: .never),
            .watch([#"{"type":"ADDED"}"#], end: .never),
            .watch([#"{"type":"ADDED","object":{"metadata":{}}}"#], end: .never),
            .watch([String(#"{"type":"ADDED","object":{"metadata":{"name":"ha"#)], end: .hangUp),
        ] as [FakeAnswer]
    )
    func `resumes behind the last event when a watch breaks off`(_ answer: FakeAnswer) async throws {
        try await ReflectedServices.use { server, services in
            try await server.put(service("a"), in: services.path)
            await server.script([answer]) { $0.isWatch }
            services.start()
            try await services.await(count: 1)
            try await server.put(service("b"), in: services.path)
            try await services.await(count: 2)
            #expect(await services.lists == 1)
            let watches = await server.requests.filter(\.isWatch)
            #expect(watches.count == 2)
            #expect(Set(watches.map { $0.query["resourceVersion"] }).count == 1)
        }
    }

    @Test(
        arguments: [
            .status(410, reason: "Expired"), .watch([FakeAPIServer.error(410, "Expired")], end: .ordered),
            .watch([FakeAPIServer.error(410, "Gone")], end: .never),
        ] as [FakeAnswer]
    )
    func `lists anew when the server has forgotten what to watch from`(_ answer: FakeAnswer) async throws {
        try await ReflectedServices.use { server, services in
            try await server.put(service("a"), in: services.path)
            await server.script([answer]) { $0.isWatch }
            services.start()
            try await eventually("a second list") { await services.lists == 2 }
            #expect(await services.failures.isEmpty)
            #expect(await services.names == ["a"])
        }
    }

    @Test
    func `lists anew when what comes of a watch is garbage again and again`() async throws {
        try await ReflectedServices.use { server, services in
            try await server.put(service("a"), in: services.path)
            await server.script(Array(repeating: .watch(["garbage"], end: .ordered), count: 3)) { $0.isWatch }
            services.start()
            try await eventually("a second list") { await services.lists == 2 }
            #expect(await services.failures.count == 3)
            try await eventually("recovery") { await services.recoveries > 0 }
        }
    }

    @Test
    func `passes over events of unknown types, repeated ones and bookmarks`() async throws {
        try await ReflectedServices.use { server, services in
            try await server.put(service("a"), in: services.path)
            services.start()
            try await services.await(count: 1)
            await server.send(
                #"{"type":"WOBBLED","object":{"metadata":{"name":"x","resourceVersion":"500"}}}"#,
                to: services.path
            )
            await server.send(
                #"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"900"}}}"#,
                to: services.path
            )
            let event =
                #"{"type":"ADDED","object":{"metadata":{"name":"b","namespace":"shop","resourceVersion":"200"}}}"#
            await server.send(event, to: services.path)
            await server.send(event, to: services.path)
            try await services.await(count: 2)
            await server.hangUp()
            try await eventually("a second watch") { await server.requests.filter(\.isWatch).count == 2 }
            // The newest of all that came, not the last.
            #expect(await server.requests.last?.query["resourceVersion"] == "900")
            #expect(await services.lists == 1)
        }
    }

    @Test
    func `keeps what it has read while the resource is forbidden, and says what is lacking`() async throws {
        try await ReflectedServices.use { server, services in
            try await server.put(service("a"), in: services.path)
            services.start()
            try await services.await(count: 1)
            try await eventually("a watch") { await server.requests.contains(where: \.isWatch) }
            let message = "services is forbidden: User postern cannot watch resource services in API group"
            await server.script([.status(403, reason: "Forbidden", message: message)]) { $0.isWatch }
            await server.hangUp()
            try await eventually("a failure") { await services.failures.contains { $0.status?.message == message } }
            #expect(await services.names == ["a"])
            try await eventually("recovery") { await services.recoveries > 0 }
        }
    }

    @Test
    func `leaves a server that sends bookmarks and then falls silent`() async throws {
        try await ReflectedServices.use(silence: .seconds(1)) { server, services in
            let bookmark = #"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"900"}}}"#
            await server.script([.watch([bookmark], end: .ordered), .watch([], end: .never)]) { $0.isWatch }
            services.start()
            try await eventually("the silence") { await services.failures.first == .timedOut }
            try await eventually("a third watch") { await server.requests.count(where: \.isWatch) >= 3 }
            #expect(await server.requests.last?.query["resourceVersion"] == "900")
            #expect(await services.lists == 1)
        }
    }

    @Test
    func `ends when the API no longer has the resource`() async throws {
        try await ReflectedServices.use { server, services in
            try await server.put(service("a"), in: services.path)
            services.start()
            try await services.await(count: 1)
            await server.withdraw(services.path)
            try await eventually("the end") { await services.hasEnded }
        }
    }

    @Test
    func `asks for fewer objects at a time where they are too large`() async throws {
        try await ReflectedServices.use(sizeLimit: 20_000) { server, services in
            for number in 0..<300 { try await server.put(service("s\(number)"), in: services.path) }
            services.start()
            try await services.await(count: 300)
            #expect(await server.requests.contains { $0.query["limit"] == "100" })
        }
    }
}

func service(_ name: String) -> String {
    #"{"metadata":{"name":"\#(name)","namespace":"shop"},"spec":{"ports":[{"port":80}]}}"#
}

extension FakeAPIServer {
    static func error(_ code: Int, _ reason: String) -> String {
        #"{"type":"ERROR","object":\#(status(code, reason, ""))}"#
    }
}
