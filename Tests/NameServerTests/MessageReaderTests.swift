@testable import NameServer
import Testing

/// What is no question.
struct MessageReaderTests {
    @Test func `whatever is shorter than a head, or an answer, gets none`() throws {
        for length in 0..<12 { #expect(MessageReader.read(Question().bytes.prefix(length)) == .nothing) }
        #expect(MessageReader.read(Question(flags: 0x8100).bytes[...]) == .nothing)
        // An answer that is broken is one too.
        #expect(MessageReader.read(Question(flags: 0x8100).bytes.prefix(14)) == .nothing)
    }

    @Test(arguments: 1...15 as ClosedRange<UInt16>)
    func `another operation is not implemented`(_ operation: UInt16) throws {
        var responder = Responder.serving(.small)
        let answer = try ParsedMessage(responder.datagram(Question(flags: operation << 11 | 0x0100).bytes))
        #expect(answer.flags == 0x8104 | operation << 11)
        #expect(answer.questions.isEmpty)
    }

    @Test(arguments: Self.broken)
    func `what cannot be read is answered by its number alone`(_ message: [UInt8]) throws {
        var responder = Responder.serving(.small)
        let bytes = try responder.datagram(message)
        #expect(bytes == [0x12, 0x34, 0x81, 0x01, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(responder.counts.answers == [.formatError: 1])
    }

    private static let broken: [[UInt8]] = {
        let whole = Question().bytes
        let extended = Question(extended: (512, 0)).bytes
        let options = Array(extended.suffix(11))
        func counted(_ counts: [UInt8], _ rest: [UInt8]) -> [UInt8] {
            Array(whole.prefix(4)) + counts.flatMap { [0, $0] } + rest
        }
        let question = Array(whole.dropFirst(12))
        let cuts = (12..<whole.count).map { Array(whole.prefix($0)) }
        return cuts + [
            // No question, two, and more than there are.
            counted([0, 0, 0, 0], []), counted([0, 0, 0, 0], question), counted([2, 0, 0, 0], question + question),
            counted([2, 0, 0, 0], question),
            // Something behind the end; records that are not there.
            whole + [0], counted([1, 1, 0, 0], question), counted([1, 0, 9, 0], question),
            Array(whole.prefix(4)) + [0, 1, 255, 255, 255, 255, 255, 255] + question,
            // A pointer to itself, to the head, and forward; a label that is too long; a name that is.
            counted([1, 0, 0, 0], [0xC0, 12, 0, 1, 0, 1]), counted([1, 0, 0, 0], [1, 97, 0xC0, 0, 0, 1, 0, 1]),
            counted([1, 0, 0, 0], [0xC0, 18, 0, 1, 0, 1, 0]), counted([1, 0, 0, 0], [0x40] + question),
            counted([1, 0, 0, 0], [64] + [UInt8](repeating: 97, count: 64) + [0, 0, 1, 0, 1]),
            counted([1, 0, 0, 0], [UInt8](repeating: 1, count: 254) + [1, 1, 0, 0, 1, 0, 1]),
            // Two extensions; one with a name; one that is cut short.
            counted([1, 0, 0, 2], question + options + options), counted([1, 0, 0, 1], question + [1, 97] + options),
            Array(extended.dropLast()), counted([1, 0, 0, 1], question + Array(options.dropLast(2)) + [0, 4, 1]),
        ]
    }()

    @Test func `the longest name can be asked for`() throws {
        let labels = [UInt8](repeating: 1, count: 254) + [0]
        let message = Array(Question().bytes.prefix(12)) + labels + [0, 1, 0, 1]
        guard case .query(let query) = MessageReader.read(message[...]) else {
            Issue.record("it was not read")
            return
        }
        #expect(query.labels == labels)
    }
}
