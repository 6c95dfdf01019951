import Diagnostics
import Testing

struct FindingListTests {
    @Test func `of too many findings the first are told, and how many more there are`() {
        var list = FindingList(limit: 3)
        for number in 1...10 { list.append(number == 7 ? .error : .note, Diagnostic(.note, code: "x", "\(number)")) }
        let reported = list.reported(about: "this document")
        #expect(reported.map(\.message) == ["1", "2", "3", "7 more findings about this document are not shown"])
        // What is not shown still fails a check.
        #expect(reported.map(\.severity) == [.note, .note, .note, .error])
    }

    @Test func `a finding that is not told is not made`() {
        var made = 0
        func finding() -> Diagnostic {
            made += 1
            return Diagnostic(.error, code: "x", "y")
        }
        var list = FindingList(limit: 2)
        for _ in 0..<1_000 { list.append(.error, finding()) }
        #expect(made == 2)
    }

    @Test func `one object does not bury what is said of others`() throws {
        let loud = try #require(ObjectReference(kind: "Ingress", namespace: "a", name: "loud"))
        let calm = try #require(ObjectReference(kind: "Ingress", namespace: "a", name: "calm"))
        let findings =
            (0..<250).map { Diagnostic(.warning, code: "x", "\($0)", object: loud) }
            + [Diagnostic(.warning, code: "x", "calm", object: calm), Diagnostic(.note, code: "x", "general")]
        let reported = findings.boundedByObject()
        #expect(reported.count == 103)
        #expect(reported[100].message == "150 more findings about Ingress a/loud are not shown")
        #expect(reported.suffix(2).map(\.message) == ["calm", "general"])
        // Who bounds them again does not lose how many there were.
        #expect(reported.boundedByObject() == reported)
        #expect(Array(findings.suffix(50)).boundedByObject() == Array(findings.suffix(50)))
    }
}
