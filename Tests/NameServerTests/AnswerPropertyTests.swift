@testable import NameServer
import TestSupport
import Testing

/// What holds for whatever is sent.
struct AnswerPropertyTests {
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `any bytes are answered once at most, by a message that can be read`(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var responder = Responder.serving(.small)
        for _ in 0..<50_000 {
            let message = Self.message(&random)
            let isAnswer = message.count > 2 && message[2] & 0x80 != 0
            guard let bytes = try? responder.datagram(message) else {
                #expect(message.count < 12 || isAnswer)
                continue
            }
            #expect(!isAnswer)
            let answer = try ParsedMessage(bytes)
            // It is an answer itself, so that two servers never talk to each other.
            #expect(answer.flags & 0x8000 != 0)
            #expect([answer.id >> 8, answer.id & 0xFF] == message.prefix(2).map(UInt16.init))
            #expect(bytes.count <= 4_096)
            let streamed = try responder.stream(message)
            #expect(try ParsedMessage(streamed).id == answer.id)
        }
        // The questions are near enough to good ones that many kinds of answers come.
        #expect(Set(responder.counts.answers.keys) == Set(ResponseCode.allCases).subtracting([.serverFailure]))
    }

    /// Random bytes, or a good question in which some were changed, removed or added.
    private static func message(_ random: inout SeededRandom) -> [UInt8] {
        if Int.random(in: 0..<10, using: &random) == 0 {
            return (0..<Int.random(in: 0...80, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        let inside = ["8080.a1", "9090.a1", "80.b2", "b2", "c3"].map { "\($0).\(EndpointName.zone)" }
        let type = [1, 28, 255, 6, 2, 33, 41].randomElement(using: &random) ?? 1
        var message = Question(
            name: (inside + ["example.com", ""]).randomElement(using: &random) ?? "",
            type: UInt16(type),
            extended: Bool.random(using: &random) ? (UInt16.random(in: 0...5_000, using: &random), 0) : nil
        ).bytes
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let place = Int.random(in: 0..<message.count, using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0: message.removeLast(Int.random(in: 1...message.count, using: &random))
            case 1: message.append(UInt8.random(in: 0...255, using: &random))
            case 2: message.insert(0xC0, at: place)
            default: message[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            if message.isEmpty { break }
        }
        return message
    }

    @Test func `a table that was changed again and again answers as one made at once`() throws {
        var random = SeededRandom(seed: 7)
        var responder = Responder.serving(EndpointZone())
        var zone = EndpointZone()
        let names = (0..<30).compactMap { EndpointName("\($0 % 3).u\($0 / 3).\(EndpointName.zone)") }
        for _ in 0..<300 {
            let name = try #require(names.randomElement(using: &random))
            let addresses = (0..<Int.random(in: 0...3, using: &random)).map { "10.0.0.\($0)" }
            zone.records[name] = Bool.random(using: &random) ? EndpointZone([name: addresses]).records[name] : nil
            responder.table?.update(to: zone)
            var fresh = Responder.serving(zone)
            for name in names.map(\.description) + (0..<10).map({ "u\($0).\(EndpointName.zone)" }) {
                let question = Question(name: name).bytes
                let one = try ParsedMessage(responder.datagram(question))
                let other = try ParsedMessage(fresh.datagram(question))
                #expect(one.flags == other.flags && one.answers == other.answers, "\(name)")
            }
        }
    }
}
