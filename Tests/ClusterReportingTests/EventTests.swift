import Diagnostics
import KubernetesModel
import Testing

@testable import ClusterReporting

@Suite struct EventTests {
    private let start = ContinuousClock.now
    private var table: EventTable { EventTable(now: start) }

    private func entry(_ message: String, of uid: String = "1") throws -> EventTable.Entry {
        let object = try #require(ObjectReference(kind: "Ingress", namespace: "shop", name: "web"))
        let subject = EventSubject(object, ObjectIdentity(apiVersion: "networking.k8s.io/v1", uid: uid))
        return EventTable.Entry(subject: subject, note: EventNote(.warning, "Test", message))
    }

    @Test func `a finding is told once, and again before it is forgotten`() throws {
        var table = table
        let entry = try entry("a")
        #expect(table.due([entry, entry], now: start) == [entry])
        #expect(table.due([entry], now: start + .seconds(29 * 60)) == [])
        #expect(table.due([entry], now: start + .seconds(30 * 60)) == [entry])
    }

    @Test func `a finding that was gone is told anew`() throws {
        var table = table
        let entry = try entry("a")
        #expect(table.due([entry], now: start) == [entry])
        #expect(table.due([], now: start + .seconds(1)) == [])
        #expect(table.due([entry], now: start + .seconds(2)) == [entry])
    }

    @Test func `what could not be sent is due again`() throws {
        var table = table
        let entry = try entry("a")
        _ = table.due([entry], now: start)
        table.forget(entry)
        #expect(table.due([entry], now: start) == [entry])
    }

    @Test func `of one object only so many are told, and the rest later; others are not held up`() throws {
        var table = table
        let many = try (0..<30).map { try entry("\($0)") }
        let other = try entry("other", of: "2")
        #expect(table.due(many + [other], now: start) == many.prefix(25) + [other])
        #expect(table.due(many, now: start + .seconds(1)) == [])
        #expect(table.due(many, now: start + .seconds(301)) == [many[25]])
    }

    @Test func `a finding becomes a reason for programs and a message for people`() {
        let finding = Diagnostic(
            .warning,
            code: "service-not-found",
            "it answers 503",
            field: "spec.rules[0]",
            hint: "create it"
        )
        let note = EventNote(finding)
        #expect(note == EventNote(.warning, "ServiceNotFound", "spec.rules[0]: it answers 503; create it"))
        #expect(EventNote(Diagnostic(.note, code: "x", "y")).kind == .normal)
    }

    @Test func `a message is cut to what an API server takes`() {
        let note = EventNote(.normal, "Long", String(repeating: "ä", count: 2_000))
        #expect(note.message.utf8.count <= 1024 && note.message.utf8.count > 1020)
        #expect(note.message.hasSuffix("ä…"))
    }
}
