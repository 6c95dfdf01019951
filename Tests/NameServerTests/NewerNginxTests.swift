import Foundation
import NameServer
import NginxTestSupport
import TestSupport
import Testing

/// What a newer nginx makes of the answers: `make newer` runs it, and `make test` leaves it out.
@Suite(.serialized, .timeLimit(.minutes(10))) struct NewerNginxTests {
    private static let services = 10
    private static let endpoints = 5

    init() throws {
        _ = try #require(AskingNginx.program, "no newer nginx is named; run `make newer`")
    }

    @Test(arguments: [[], ["-H", "Connection: close"]] as [[String]])
    func `a rolling update under load fails no request, and nobody asks for what is gone`(
        _ options: [String]
    ) async throws {
        let server = try NameServer(port: 0)
        var current = (0..<Self.services).map { service in
            (0..<Self.endpoints).map { "127.\(200 + $0).\(service).1" }
        }
        server.serve(try Self.zone(current))
        try await AskingNginx.run(services: Self.services, asking: server.port) { nginx in
            try await Self.awaitTold(server, since: .now - .seconds(60))
            let workers = try nginx.nginx.workers
            async let load = Tool("wrk").run(
                ["-t", "1", "-c", "8", "-d", "20s", "--timeout", "60s"] + options
                    + ["http://\(nginx.address):\(AskingNginx.port)/"]
            )
            var changes: [(time: Double, added: String, removed: String)] = []
            for place in 0..<Self.endpoints {
                try await Task.sleep(for: .milliseconds(500))
                for service in current.indices {
                    let added = "127.\(200 + place).\(service).2"
                    changes.append((Date.now.timeIntervalSince1970, added, current[service][place]))
                    current[service][place] = added
                }
                let time = ContinuousClock.now
                server.serve(try Self.zone(current))
                try await Self.awaitTold(server, since: time)
            }
            let report = try #require(LoadReport(wrk: try await load.text))
            #expect(report.failures == 0)
            #expect(report.requests > 0)
            let arrivals = try nginx.arrivals
            let first = Dictionary(arrivals.map { ($0.endpoint, $0.time) }, uniquingKeysWith: min)
            let last = Dictionary(arrivals.map { ($0.endpoint, $0.time) }, uniquingKeysWith: max)
            // On a machine with time for it these are two seconds.
            for change in changes {
                let start = try #require(first[change.added], "\(change.added) was never asked")
                #expect(start - change.time < 10, "\(change.added)")
                let end = try #require(last[change.removed], "\(change.removed) was never asked")
                #expect(end - change.time < 10, "\(change.removed)")
            }
            let starts = changes.compactMap { change in first[change.added].map { $0 - change.time } }
            let ends = changes.compactMap { change in last[change.removed].map { $0 - change.time } }
            print(
                "latest first request after \(starts.max() ?? 0) s, latest last after \(ends.max() ?? 0) s: \(report)"
            )
            #expect(try nginx.nginx.workers == workers)
        }
    }

    @Test func `endpoints stay while nobody answers, and are new when somebody does again`() async throws {
        var server: NameServer? = try NameServer(port: 0)
        let port = try #require(server?.port)
        server?.serve(try Self.zone([["127.200.0.1"]]))
        try await AskingNginx.run(services: 1, asking: port) { nginx in
            try await nginx.ask(until: "127.200.0.1")
            server = nil
            try await eventually("nginx asks in vain") { nginx.nginx.standardError.contains("Connection refused") }
            try await Self.expectServing("127.200.0.1", by: nginx)
            // It comes back, and does not know yet.
            try await eventually("the port is free") {
                server = try? NameServer(port: port)
                return server != nil
            }
            try await eventually("nginx is refused an answer") {
                server?.counts.answers[.serverFailure, default: 0] ?? 0 > 1
            }
            try await Self.expectServing("127.200.0.1", by: nginx)
            server?.serve(try Self.zone([["127.200.0.2"]]))
            try await nginx.ask(until: "127.200.0.2")
            try await Self.expectServing("127.200.0.2", by: nginx)
        }
    }

    @Test func `a reload keeps what was resolved, whether anybody answers or not`() async throws {
        var server: NameServer? = try NameServer(port: 0)
        server?.serve(try Self.zone([["127.200.0.1"]]))
        try await AskingNginx.run(services: 1, asking: try #require(server?.port)) { nginx in
            try await nginx.ask(until: "127.200.0.1")
            server = nil
            try await nginx.nginx.reload()
            try await Self.expectServing("127.200.0.1", by: nginx)
        }
    }

    @Test func `rubbish that others send keeps nobody from the answers`() async throws {
        let server = try NameServer(port: 0)
        server.serve(try Self.zone([["127.200.0.1"]]))
        try await AskingNginx.run(services: 1, asking: server.port) { nginx in
            try await nginx.ask(until: "127.200.0.1")
            var random = SeededRandom(seed: 1)
            let client = try NameClient(port: server.port)
            for _ in 0..<20_000 {
                let count = Int.random(in: 0...200, using: &random)
                try? client.send((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
            }
            server.serve(try Self.zone([["127.200.0.2"]]))
            try await nginx.ask(until: "127.200.0.2")
        }
    }

    @Test func `more addresses than a datagram holds are all asked`() async throws {
        let server = try NameServer(port: 0)
        let addresses = (1...200).map { "127.200.0.\($0)" }
        server.serve(try Self.zone([addresses]))
        try await AskingNginx.run(services: 1, asking: server.port) { nginx in
            var asked: Set<String> = []
            try await eventually("all are asked") {
                asked.insert(try await nginx.ask().endpoint)
                return asked.isSuperset(of: addresses)
            }
            #expect(server.counts.truncated > 0 && server.counts.streamed > 0)
        }
    }

    @Test func `a server that is slow costs no request, and is heard in the end`() async throws {
        let server = try NameServer(port: 0)
        server.serve(try Self.zone([["127.200.0.1"]]))
        let relay = try SlowRelay(to: server.port)
        try await relay.run {
            try await AskingNginx.run(services: 1, asking: relay.port) { nginx in
                try await nginx.ask(until: "127.200.0.1")
                try await Self.awaitAnswers(of: "127.200.0.2", delayedBy: .milliseconds(500), server, relay, nginx)
                // Longer than nginx waits: what it has stays.
                relay.delay(by: .seconds(2))
                server.serve(try Self.zone([["127.200.0.3"]]))
                for _ in 0..<30 {
                    let answer = try await nginx.ask()
                    #expect(answer.status == "200")
                    #expect(answer.endpoint == "127.200.0.2")
                    try await Task.sleep(for: .milliseconds(100))
                }
                try await Self.awaitAnswers(of: "127.200.0.4", delayedBy: .zero, server, relay, nginx)
            }
        }
    }

    private static func awaitAnswers(
        of endpoint: String,
        delayedBy delay: Duration,
        _ server: NameServer,
        _ relay: SlowRelay,
        _ nginx: AskingNginx
    ) async throws {
        relay.delay(by: delay)
        server.serve(try zone([[endpoint]]))
        try await eventually("\(endpoint) answers") {
            let answer = try await nginx.ask()
            #expect(answer.status == "200")
            return answer.endpoint == endpoint
        }
    }

    @Test func `ten thousand names are known soon after a start, stay over a reload, and change without one`()
        async throws
    {
        let count = 10_000
        func zone(_ last: Int) throws -> EndpointZone {
            let addresses = (0..<count).map { ["127.\(200 + $0 / 2_500).\($0 / 250 % 10).\(last)"] }
            return try Self.zone(addresses, timeToLive: 1)
        }
        let names = try (0..<count).map(AskingNginx.name)
        let server = try NameServer(addresses: AskingNginx.addresses(of: count), port: 0)
        server.serve(try zone(1))
        let start = ContinuousClock.now
        try await AskingNginx.run(services: count, asking: server.port, keepsConnections: false) { nginx in
            func awaitTold(since time: ContinuousClock.Instant, _ what: String) async throws {
                let start = ContinuousClock.now
                try await eventually("nginx knows all names") { server.untold(of: names, since: time).isEmpty }
                print(
                    "\(what): \(count) names known after \(ContinuousClock.now - start);",
                    "\(server.counts.datagrams) questions so far, \(nginx.lateAnswers) of which were answered too late"
                )
            }
            /// What a client is answered by names at random.
            func ask() async throws -> LoadReport {
                let options = ["-t", "1", "-c", "8", "-d", "3s", "--timeout", "60s"]
                let outcome = try await Tool("wrk").run(options + ["http://\(nginx.address):\(AskingNginx.port)/"])
                return try #require(LoadReport(wrk: outcome.text))
            }
            try await awaitTold(since: start, "after a start")
            // An answer that is lost on the way is asked for again.
            try await eventually("all names serve") {
                let before = nginx.emptyAnswers
                _ = try await ask()
                return nginx.emptyAnswers == before
            }
            let empty = nginx.emptyAnswers
            let reload = ContinuousClock.now
            try await nginx.nginx.reload()
            #expect(try await ask().requests > 0)
            try await awaitTold(since: reload, "after a reload")
            let change = ContinuousClock.now
            server.serve(try zone(2))
            try await awaitTold(since: change, "after a change of all")
            #expect(try await ask().requests > 0)
            #expect(nginx.emptyAnswers == empty)
            #expect(server.counts.answers.keys.allSatisfy { $0 == .noError })
        }
    }

    private static func expectServing(_ endpoint: String, by nginx: AskingNginx) async throws {
        for _ in 0..<50 {
            let answer = try await nginx.ask()
            #expect(answer.status == "200" && answer.endpoint == endpoint)
        }
    }

    private static func awaitTold(_ server: NameServer, since time: ContinuousClock.Instant) async throws {
        let names = try (0..<services).map(AskingNginx.name)
        try await eventually("nginx knows all endpoints") { server.untold(of: names, since: time).isEmpty }
    }

    private static func zone(_ addresses: [[String]], timeToLive: UInt32 = 0) throws -> EndpointZone {
        EndpointZone(
            Dictionary(
                uniqueKeysWithValues: try addresses.indices.map { (try AskingNginx.name($0), addresses[$0]) }
            ),
            timeToLive: timeToLive
        )
    }
}
