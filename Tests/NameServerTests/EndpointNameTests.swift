@testable import NameServer
import Testing

struct EndpointNameTests {
    @Test(arguments: ["8080.a1.endpoints.postern.internal", "a.endpoints.postern.internal"])
    func `a name below the zone is taken as it is`(_ text: String) throws {
        #expect(try #require(EndpointName(text)).description == text)
    }

    @Test(arguments: [
        "", ".", "endpoints.postern.internal", ".endpoints.postern.internal", "a..endpoints.postern.internal",
        "a.endpoints.postern.internal.", "A.endpoints.postern.internal", "a.postern.internal",
        "a b.endpoints.postern.internal",
        "a;.endpoints.postern.internal", "ä.endpoints.postern.internal", "xendpoints.postern.internal",
        String(repeating: "a", count: 64) + ".endpoints.postern.internal",
        String(repeating: "a.", count: 120) + "endpoints.postern.internal",
    ])
    func `nothing else is a name`(_ text: String) {
        #expect(EndpointName(text) == nil)
    }

    @Test func `the longest name is one that a message can carry`() {
        let outer = "." + EndpointName.zone
        let text = String(repeating: "a.", count: (253 - outer.utf8.count - 1) / 2) + "bb".suffix(1) + outer
        #expect(text.utf8.count <= 253)
        #expect(EndpointName(text)?.labels.count == text.utf8.count + 2)
    }
}
