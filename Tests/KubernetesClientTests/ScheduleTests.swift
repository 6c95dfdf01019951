import Testing
import Timing

@testable import KubernetesClient

@Suite
struct `The schedule of a reflector` {
    @Test
    func `watches again at once after a watch that has run its time`() {
        var schedule = ReflectorSchedule(pace)
        #expect(schedule.step(after: .ended(after: .seconds(300)), jitter: 0) == .init(delay: .zero, listsAnew: false))
        #expect(schedule.step(after: .ended(after: .zero), jitter: 0) == .init(delay: .seconds(1), listsAnew: false))
    }

    @Test
    func `lists anew at once what the server has forgotten, but not without rest`() {
        var schedule = ReflectorSchedule(pace)
        let gone = ReflectorSchedule.Outcome.failed(.gone(APIStatus(code: 410)))
        #expect(schedule.step(after: gone, jitter: 0) == .init(delay: .zero, listsAnew: true))
        #expect(schedule.step(after: gone, jitter: 0) == .init(delay: .seconds(2), listsAnew: true))
        schedule.progress()
        #expect(schedule.step(after: gone, jitter: 0) == .init(delay: .zero, listsAnew: true))
    }

    @Test
    func `asks ever more slowly for what is forbidden, and never again for what is not there`() {
        var schedule = ReflectorSchedule(ReflectorPace())
        let forbidden = ReflectorSchedule.Outcome.failed(.forbidden(APIStatus(code: 403)))
        #expect(schedule.step(after: forbidden, jitter: 0) == .init(delay: .milliseconds(500), listsAnew: true))
        for _ in 0..<8 { _ = schedule.step(after: forbidden, jitter: 0) }
        #expect(schedule.step(after: forbidden, jitter: 0.5) == .init(delay: .seconds(90), listsAnew: true))
        schedule.progress()
        #expect(schedule.step(after: forbidden, jitter: 0) == .init(delay: .milliseconds(500), listsAnew: true))
        #expect(schedule.step(after: .failed(.notFound(APIStatus(code: 404))), jitter: 0) == nil)
    }

    @Test
    func `doubts what it watches from only when garbage comes again and again`() {
        var schedule = ReflectorSchedule(pace)
        let steps = (0..<4).map { _ in schedule.step(after: .failed(.unexpected("")), jitter: 0)?.listsAnew }
        #expect(steps == [false, false, true, true])
        var patient = ReflectorSchedule(pace)
        #expect((0..<9).allSatisfy { _ in patient.step(after: .failed(.timedOut), jitter: 0)?.listsAnew == false })
    }

    @Test
    func `cuts lines wherever they are cut on the way`() throws {
        let text = Array("one\n\ntwo\nthree".utf8)
        for size in 1...text.count {
            var splitter = LineSplitter(limit: 5)
            var lines: [String] = []
            for start in stride(from: 0, to: text.count, by: size) {
                let part = Array(text[start..<min(start + size, text.count)])
                lines += try splitter.add(part).map { String(decoding: $0, as: UTF8.self) }
            }
            #expect(lines == ["one", "two"])
        }
        var splitter = LineSplitter(limit: 5)
        #expect(throws: APIError.tooLarge(limit: 5)) { try splitter.add(Array("sixsix".utf8)) }
    }

    private var pace: ReflectorPace { ReflectorPace(backoff: Backoff(first: .seconds(1))) }
}
