@testable import NameServer
import NginxSyntax
import Testing

/// The answers to questions, as messages.
struct AnswerTests {
    @Test func `addresses come in their order, once each, with their time to live`() throws {
        let addresses = ["10.0.0.2", "10.0.0.1", "10.0.0.2"]
        let zone = EndpointZone(["8080.a1.endpoints.postern.internal": addresses], timeToLive: 7)
        let answer = try answer(Question(), from: zone)
        #expect(answer.id == 0x1234)
        // An answer, with authority, to who wished for recursion and gets none.
        #expect(answer.flags == 0x8500)
        #expect(answer.questions == ["8080.a1.endpoints.postern.internal 1 1"])
        #expect(answer.answers.map(\.data) == [[10, 0, 0, 2], [10, 0, 0, 1]])
        #expect(answer.answers.allSatisfy { $0.timeToLive == 7 && $0.type == 1 && $0.network == 1 })
        #expect(answer.answers.map(\.name) == answer.answers.map { _ in Question().name })
        #expect(answer.authorities.isEmpty && answer.additions.isEmpty)
    }

    @Test(
        arguments: [
            ("8080.a1", 28, 0, 0), ("9090.a1", 1, 0, 1), ("9090.a1", 28, 0, 1), ("80.b2", 1, 0, 0), ("80.b2", 28, 0, 1),
            // Without any address; a type that nothing has; a name that others lie below; one that is not there.
            ("81.b2", 1, 0, 0), ("8080.a1", 33, 0, 0), ("8080.a1", 16, 0, 0), ("b2", 1, 0, 0), ("82.b2", 1, 3, 0),
            ("c3", 28, 3, 0),
            // One of the sets, for whoever wants all.
            ("9090.a1", 255, 0, 1), ("80.b2", 255, 0, 1),
        ] as [(String, UInt16, UInt16, Int)]
    )
    func `a name of the zone`(_ name: String, _ type: UInt16, _ code: UInt16, _ count: Int) throws {
        let answer = try answer(Question(name: name + ".endpoints.postern.internal", type: type))
        #expect(answer.isAuthoritative && !answer.isTruncated)
        #expect(answer.code == code)
        #expect(answer.answers.count == count)
        // What is not there is not believed for longer than a second.
        #expect(answer.authorities.map(\.type) == (count == 0 ? [6] : []))
        #expect(answer.authorities.allSatisfy { $0.timeToLive == 1 && $0.data.suffix(4) == [0, 0, 0, 1] })
    }

    @Test func `the zone has a beginning and a name server with an address`() throws {
        let beginning = try answer(Question(name: EndpointName.zone, type: 6))
        #expect(beginning.answers.map(\.name) == [EndpointName.zone])
        let server = try answer(Question(name: EndpointName.zone, type: 2))
        #expect(server.answers.map(\.data) == [EndpointName.apex.labels])
        #expect(try answer(Question(name: EndpointName.zone)).answers.map(\.data) == [[127, 0, 0, 1]])
        #expect(try answer(Question(name: EndpointName.zone, type: 15)).authorities.map(\.name) == [EndpointName.zone])
    }

    @Test(arguments: [
        Question(name: "example.com"), Question(name: "postern.internal"), Question(name: "x" + EndpointName.zone),
        Question(name: ""), Question(network: 3), Question(type: 252), Question(type: 251),
    ])
    func `what is not ours is refused`(_ question: Question) throws {
        let answer = try answer(question)
        #expect(answer.code == 5 && !answer.isAuthoritative && answer.answers.isEmpty && answer.questions.count == 1)
    }

    @Test func `upper and lower case are the same, and come back as they were`() throws {
        let name = "8080.A1.endPoints.POSTERN.internal"
        let answer = try answer(Question(name: name))
        #expect(answer.questions == ["\(name) 1 1"])
        #expect(answer.answers.map(\.name) == [name, name])
    }

    @Test func `nobody is answered from a zone that is not there yet`() throws {
        #expect(try answer(Question(), from: nil).code == 2)
        #expect(try answer(Question(name: "example.com"), from: nil).code == 2)
    }

    @Test func `an extension is answered by one`() throws {
        let answer = try answer(Question(extended: (1_232, 0)))
        // Its size, and no signatures where they would be welcome.
        #expect(answer.additions.map(\.network) == [4_096])
        #expect(answer.additions.map(\.timeToLive) == [0x8000])
        #expect(answer.additions.map(\.name) == [""])
    }

    @Test func `a version of extensions that is not known is answered by the one that is`() throws {
        let answer = try answer(Question(extended: (4_096, 1)))
        #expect(answer.code == 0 && answer.additions.map(\.timeToLive) == [0x0100_8000])
        #expect(answer.answers.isEmpty)
    }

    @Test(
        arguments: [
            (28, nil, false), (29, nil, true), (29, 100, true), (29, 512, true), (70, 1_232, false),
            (200, 4_096, false),
            (300, 4_096, true), (300, 65_535, true),
        ] as [(Int, UInt16?, Bool)]
    )
    func `a datagram is no longer than can be received`(_ count: Int, _ size: UInt16?, _ isTruncated: Bool) throws {
        var responder = Responder.serving(.large(count))
        let question = Question(extended: size.map { ($0, 0) })
        let bytes = try responder.datagram(question.bytes)
        #expect(bytes.count <= max(512, Int(min(size ?? 0, 4_096))))
        let answer = try ParsedMessage(bytes)
        #expect(answer.isTruncated == isTruncated)
        #expect(answer.answers.count == (isTruncated ? 0 : count))
        #expect(responder.counts.truncated == (isTruncated ? 1 : 0))
    }

    @Test(arguments: [(2_000, 2_000), (4_078, 4_078), (10_000, 4_078)])
    func `by TCP a name has all its addresses, as far as a message holds them`(_ count: Int, _ answered: Int) throws {
        var responder = Responder.serving(.large(count))
        let bytes = try responder.stream(Question(extended: (512, 0)).bytes)
        #expect(bytes.count <= 65_535)
        #expect(try ParsedMessage(bytes).answers.count == answered)
    }

    private func answer(_ question: Question, from zone: EndpointZone? = .small) throws -> ParsedMessage {
        var responder = zone.map(Responder.serving) ?? Responder()
        return try ParsedMessage(responder.datagram(question.bytes))
    }
}

extension Responder {
    static func serving(_ zone: EndpointZone) -> Responder {
        var table = AnswerTable(apex: EndpointZone.Record(addresses: [IPAddress(known: "127.0.0.1")], timeToLive: 1))
        table.update(to: zone)
        return Responder(table: table)
    }

    /// The answer to a message that must have one.
    mutating func datagram(_ message: [UInt8]) throws -> [UInt8] {
        switch MessageReader.read(message[...]) {
        case .query(let query): return answerDatagram(query, now: .now)
        case .refusal(let head, let code): return refuse(head, code)
        case .nothing: throw NoAnswer()
        }
    }

    /// The same by TCP.
    mutating func stream(_ message: [UInt8]) throws -> [UInt8] {
        guard let bytes = answerStreamed(message[...], now: .now) else { throw NoAnswer() }
        return bytes
    }

    struct NoAnswer: Error {}
}
