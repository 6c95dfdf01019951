import TestSupport
import Testing

@Suite struct `Loopback addresses` {
    @Test func `are never handed out twice`() throws {
        let addresses = try (0..<300).map { _ in try LoopbackAddress.unique() }
        #expect(Set(addresses).count == 300)
        #expect(addresses.allSatisfy { $0.description.hasPrefix("127.") && !$0.description.hasPrefix("127.0.") })
        #expect(addresses.allSatisfy { !$0.description.hasSuffix(".0") && !$0.description.hasSuffix(".255") })
    }
}
