import NameServer
import NginxSyntax
import Sockets
import TestSupport
import Testing

/// The server, by real sockets.
@Suite(.timeLimit(.minutes(10))) struct NameServerTests {
    private let name: EndpointName = "8080.a1.endpoints.postern.internal"

    @Test func `it answers what was published last, and before that fails`() async throws {
        let server = try NameServer(port: 0)
        var client = try NameClient(port: server.port)
        #expect(try await client.ask(Question()).code == 2)
        for address in ["10.0.0.1", "10.0.0.2"] {
            server.serve(EndpointZone([name: [address]]))
            #expect(try await client.ask(Question()).answers.map(\.data.last) == [UInt8(address.suffix(1))])
        }
        server.serve(EndpointZone())
        #expect(try await client.ask(Question()).code == 3)
        try await eventually("all are counted") {
            server.counts.answers == [.serverFailure: 1, .noError: 2, .nameError: 1] && server.counts.datagrams == 4
        }
    }

    @Test func `it knows which addresses were given since when`() async throws {
        let server = try NameServer(port: 0)
        let other: EndpointName = "9090.a1.endpoints.postern.internal"
        server.serve(.small)
        let start = ContinuousClock.now
        #expect(server.lastAsked(name) == nil)
        #expect(server.untold(of: [name, other, "none.endpoints.postern.internal"], since: start) == [name, other])
        var client = try NameClient(port: server.port)
        _ = try await client.ask(Question())
        #expect(server.untold(of: [name, other], since: start) == [other])
        #expect(server.untold(of: [name], since: .now) == [name])
        let asked = try #require(server.lastAsked(name))
        #expect(asked >= start && asked <= .now)
        // With other addresses it is not given any more, but was asked for.
        server.serve(EndpointZone([name: ["10.0.0.9"], other: ["10.0.0.3", "fd00::3"]]))
        #expect(server.untold(of: [name, other], since: start) == [name, other])
        #expect(server.lastAsked(name) == asked)
    }

    @Test func `an answer that has to be fetched by TCP is not given yet`() async throws {
        let server = try NameServer(port: 0)
        server.serve(.large(100))
        let start = ContinuousClock.now
        var client = try NameClient(port: server.port)
        #expect(try await client.ask(Question()).isTruncated)
        #expect(server.lastAsked(name) != nil)
        #expect(server.untold(of: [name], since: start) == [name])
    }

    @Test func `a port that another program has is an error of its own`() throws {
        let first = try NameServer(port: 0)
        #expect(throws: NameServerError.portTaken(first.port)) { try NameServer(port: first.port) }
        let listener = try ClaimedPort.next()
        let holder = try PortHolder(listener)
        #expect(throws: NameServerError.portTaken(listener)) { try NameServer(port: listener) }
        holder.release()
    }

    @Test func `it answers at each of its addresses, and by the one that was asked`() async throws {
        let addresses = try ["127.0.0.1", "127.0.0.2", "127.0.0.77"].map { try #require(IPAddress($0)) }
        let server = try NameServer(addresses: addresses, port: 0)
        server.serve(.small)
        for address in addresses {
            var client = try NameClient(port: server.port, at: UInt32(truncatingIfNeeded: address.bits))
            #expect(try await client.ask(Question()).answers.count == 2)
            try await RawConnection.use(to: address.description, port: server.port) { connection in
                let question = Question(name: EndpointName.zone).bytes
                try await connection.write([0, UInt8(question.count)] + question)
                let length = try await connection.read(2)
                let answer = try ParsedMessage(try await connection.read(Int(length[1])))
                #expect(Set(answer.answers.map(\.data)) == [[127, 0, 0, 1], [127, 0, 0, 2], [127, 0, 0, 77]])
            }
        }
        #expect(throws: NameServerError.portTaken(server.port)) {
            try NameServer(addresses: [IPAddress(known: "127.0.0.3"), addresses[2]], port: server.port)
        }
    }

    @Test func `a question that was not read for too long is not answered`() async throws {
        var limits = NameServerLimits()
        // The kernel says when it came, and it is read later than that.
        limits.pace.age = .zero
        let server = try NameServer(port: 0, limits: limits)
        server.serve(.small)
        let client = try NameClient(port: server.port)
        for number in 0..<10 { try client.send(Question(id: UInt16(number)).bytes) }
        try await eventually("all are given up") { server.counts.datagrams == 10 && server.counts.lost == 10 }
        #expect(server.counts.answers.isEmpty)
    }

    @Test func `the kernel says how long a datagram has waited`() async throws {
        let socket = try DatagramSocket(IPv4Endpoint(0x7F00_0001, port: 0), room: 1 << 16)
        // The kernel begins to note the time a moment after it is asked to, where it did for nobody before.
        try await eventually("a time is noted") {
            let start = ContinuousClock.now
            #expect(socket.send([1], to: socket.endpoint))
            let sent = ContinuousClock.now
            try await eventually("a while has passed") { ContinuousClock.now - sent > .milliseconds(20) }
            var buffer: [UInt8] = [0, 0]
            guard case .datagram(1, _, let waited) = socket.receive(into: &buffer) else { return false }
            #expect(waited < ContinuousClock.now - start + .milliseconds(5))
            return waited > .milliseconds(15)
        }
    }

    @Test func `the port is free when it has ended`() async throws {
        let first = try NameServer(port: 0)
        first.stop()
        try await eventually("the port is free") { (try? NameServer(port: first.port)) != nil }
    }

    @Test(arguments: ["10.0.0.1", "0.0.0.0", "::1", "192.0.2.1"])
    func `it has no other address than loopback`(_ text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(throws: NameServerError.notLoopback(address)) {
            try NameServer(addresses: [.loopback, address], port: 0)
        }
    }

    @Test func `ten thousand names are answered to who asks for all at once, and again for what is lost`() async throws
    {
        var limits = NameServerLimits()
        // The test may take long.
        limits.pace.age = .seconds(600)
        let server = try NameServer(port: 0, limits: limits)
        let names = (0..<10_000).map { "8080.u\($0).\(EndpointName.zone)" }
        let addresses = names.compactMap { EndpointName($0) }.map { ($0, ["10.0.0.1"]) }
        server.serve(EndpointZone(Dictionary(uniqueKeysWithValues: addresses)))
        var client = try NameClient(port: server.port)
        var missing = Set(0..<names.count)
        try await eventually("all are answered") {
            for number in missing { try client.send(Question(id: UInt16(number), name: names[number]).bytes) }
            var quiet = ContinuousClock.now
            while ContinuousClock.now - quiet < .milliseconds(500) {
                while let answer = try client.receive() {
                    #expect(answer.answers.map(\.data) == [[10, 0, 0, 1]])
                    #expect(answer.questions == ["\(names[Int(answer.id)]) 1 1"])
                    missing.remove(Int(answer.id))
                    quiet = .now
                }
                try await Task.sleep(for: .milliseconds(1))
            }
            return missing.isEmpty
        }
        #expect(server.untold(of: addresses.map(\.0), since: .now - .seconds(3_600)).isEmpty)
        #expect(server.counts.lost == 0)
    }

    @Test func `a question that has waited for too long is not answered, so that later ones are in time`() async throws
    {
        var limits = NameServerLimits()
        limits.pace.atOnce = 1
        limits.pace.perMillisecond = 1...1
        limits.pace.age = .milliseconds(100)
        let server = try NameServer(port: 0, limits: limits)
        server.serve(.small)
        var client = try NameClient(port: server.port, room: 1 << 20)
        for number in 0..<400 { try client.send(Question(id: UInt16(number)).bytes) }
        try await eventually("each is answered or given up") {
            let counts = server.counts
            return counts.datagrams > 0 && counts.answers[.noError, default: 0] + counts.lost == counts.datagrams
        }
        #expect(server.counts.lost > 0)
        #expect(try await client.ask(Question(id: 999)).answers.count == 2)
    }
}
