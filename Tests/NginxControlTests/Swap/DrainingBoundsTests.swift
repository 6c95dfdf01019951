import Foundation
import Testing

@testable import NginxControl

struct DrainingBoundsTests {
    /// Two that serve, and six of three reloads that drain, the oldest first.
    private static let draining = (1...6).map { worker($0, "nginx: worker process is shutting down") }
    private static let workers = draining + [worker(7, "nginx: worker process"), worker(8, "nginx: worker process")]

    private static func worker(_ number: Int, _ title: String) -> ProcessEntry {
        ProcessEntry(
            processIdentifier: Int32(number),
            parent: 9,
            session: 9,
            startTime: UInt64(number),
            title: title
        )
    }

    @Test func `as many reloads may drain as are let, with the one that is about to begin`() {
        let bounds = DrainingBounds(reloads: 2)
        #expect(bounds.excess(of: Self.workers) { _ in 0 } == Array(Self.draining[..<4]))
        #expect(DrainingBounds(reloads: 4).excess(of: Self.workers) { _ in 0 } == [])
        #expect(DrainingBounds(reloads: 1).excess(of: Self.workers) { _ in 0 } == Self.draining)
    }

    @Test(arguments: [(80, 0), (79, 1), (41, 4), (20, 6), (0, 6)] as [(UInt64, Int)])
    func `what serves will drain in a moment, and the oldest are what there is no room for`(
        _ memory: UInt64,
        _ count: Int
    ) {
        let bounds = DrainingBounds(memory: memory)
        #expect(bounds.excess(of: Self.workers) { _ in 10 } == Array(Self.draining[..<count]))
    }

    @Test func `what serves alone is never ended`() {
        let serving = Array(Self.workers.suffix(2))
        #expect(DrainingBounds(reloads: 1, memory: 0).excess(of: serving) { _ in 10 } == [])
    }

    @Test func `a process has memory, and so has the machine`() throws {
        let own = try #require(ProcessEntry(getpid()))
        let all = try #require(AvailableMemory.bytes)
        #expect(own.memory > 1 << 20 && own.memory < all)
    }
}
