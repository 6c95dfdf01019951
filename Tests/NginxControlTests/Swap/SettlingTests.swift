import Testing

@testable import NginxControl

@Suite struct SettlingTests {
    private let first = Self.process(1, "nginx: worker process")
    private let second = Self.process(2, "nginx: worker process")
    private let third = Self.process(3, "nginx: worker process")
    private let fourth = Self.process(4, "nginx: worker process")

    private static func process(_ number: Int32, _ title: String, startTime: UInt64 = 0) -> ProcessEntry {
        ProcessEntry(processIdentifier: number, parent: 9, session: 9, startTime: startTime, title: title)
    }

    private func named(_ title: String, _ process: ProcessEntry) -> ProcessEntry {
        Self.process(process.processIdentifier, title)
    }

    @Test func `an old worker is replaced when there are as many new ones, all of them ready`() {
        var settling = Settling(before: [first, second])
        settling.note([first, second, third], at: .seconds(1))
        #expect(settling.replaced == [])
        settling.note([first, second, third, named("nginx: master process nginx", fourth)], at: .seconds(1))
        #expect(settling.replaced == [])
        settling.note([first, second, third, fourth], at: .seconds(1))
        #expect(settling.replaced == [first, second])
        #expect(settling.waitForOld(at: .seconds(3)) == .seconds(2))
    }

    @Test func `a worker that drains is neither replaced nor waited for`() {
        var settling = Settling(before: [named("nginx: worker process is shutting down", first), second])
        settling.note([named("nginx: worker process is shutting down", first), second, third], at: .zero)
        #expect(settling.replaced == [second])
    }

    @Test(arguments: ["nginx: worker process is shutting down", ""])
    func `an old worker has gone when it drains, and when it has just ended`(_ title: String) {
        var settling = Settling(before: [first])
        settling.note([first, second], at: .zero)
        #expect(!settling.isDone(for: "new", at: .zero) { "new" })
        settling.note([named(title, first), second], at: .zero)
        #expect(settling.isDone(for: "new", at: .zero) { "new" })
        #expect(settling.replaced == [] && settling.waitForOld(at: .seconds(1)) == nil)
    }

    @Test func `a later process with the number of an old worker is a new one`() {
        var settling = Settling(before: [first])
        settling.note([Self.process(1, "nginx: worker process", startTime: 7)], at: .zero)
        #expect(settling.isDone(for: "new", at: .zero) { "new" })
    }

    @Test func `an old worker that is stuck is not waited for without end`() {
        var settling = Settling(before: [first])
        settling.note([first, second], at: .seconds(1))
        #expect(!settling.isDone(for: "new", at: .seconds(3)) { "new" })
        #expect(settling.isDone(for: "new", at: .milliseconds(3_001)) { "new" })
    }

    @Test func `nobody is asked before there is a new worker, and one wrong answer in three is enough`() {
        var settling = Settling(before: [])
        settling.note([], at: .zero)
        let early = settling.isDone(for: "new", at: .seconds(60)) {
            Issue.record("nobody can answer yet")
            return "new"
        }
        #expect(!early)
        settling.note([first], at: .seconds(60))
        for wrong in 0..<3 {
            var answers = 0
            let isDone = settling.isDone(for: "new", at: .seconds(60)) {
                defer { answers += 1 }
                return answers == wrong ? "old" : "new"
            }
            #expect(!isDone)
        }
    }
}
