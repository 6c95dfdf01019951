import Foundation
import TestSupport
import Testing

/// Inputs of which too much is wrong: they cost little time, little memory, and little is said of them.
@Suite(.timeLimit(.minutes(30))) struct TooMuchTests {
    /// An input, by what it has too much of.
    struct Input: Sendable, CustomTestStringConvertible {
        let name: String
        /// Makes the text, some bytes long.
        let text: @Sendable (Int) -> String
        var testDescription: String { name }
    }

    private static let head =
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: a\n  namespace: shop\n"
    private static let spec =
        "spec:\n  ingressClassName: nginx\n  defaultBackend: {service: {name: s, port: {number: 80}}}\n"

    private static func repeated(_ piece: String, _ bytes: Int) -> String {
        String(repeating: piece, count: bytes / piece.utf8.count)
    }

    static let inputs = [
        Input(name: "duplicate keys") { "a:\n" + repeated("  k: v\n", $0) },
        Input(name: "duplicate keys in JSON") { "{\"k\": 1" + repeated(", \"k\": 1", $0) + "}" },
        Input(name: "unknown anchors") { "a:\n" + repeated("- *zz\n", $0) },
        Input(name: "depth") { repeated("[", $0) },
        Input(name: "depth in blocks") { repeated("- ", $0) },
        Input(name: "documents") { repeated("---\na: 1\n", $0) },
        Input(name: "broken documents") { repeated("---\na: [\n", $0) },
        Input(name: "a long text") { head + "  labels: {a: \"" + repeated("x", $0) + "\"}\n" + spec },
        Input(name: "unknown fields") { head + spec + (0..<($0 / 12)).map { "  f\($0): 1\n" }.joined() },
        Input(name: "annotations") { bytes in
            let lines = (0..<(bytes / 45)).map { "    nginx.ingress.kubernetes.io/bad-\($0): \"x\"\n" }
            return head + "  annotations:\n" + lines.joined() + spec
        },
        Input(name: "hosts that are none") { bytes in
            head + "spec:\n  ingressClassName: nginx\n  rules:\n"
                + (0..<(bytes / 24)).map { "  - host: bad_\($0)\n" }.joined()
        },
        Input(name: "items that are none") { "apiVersion: v1\nkind: List\nitems:\n" + repeated("- 1\n", $0) },
        Input(name: "aliases of aliases") { bytes in
            let names = (0..<min(26, bytes)).map { String(UnicodeScalar(UInt8(97 + $0))) }
            let lines = zip(names, names.dropFirst()).map { inner, outer in
                "\(outer): &\(outer) [\(Array(repeating: "*\(inner)", count: 9).joined(separator: ", "))]\n"
            }
            return "a: &a [x, x, x, x, x, x, x, x, x]\n" + lines.joined()
        },
    ]

    @Test(arguments: inputs)
    func `what is wrong a million times is told a few times, soon`(_ input: Input) async throws {
        let bytes = Attack.count(128 << 10, whole: 20 << 20)
        try await TemporaryFolder.use { folder in
            let file = folder.appending(path: "a.yaml")
            try Data(input.text(bytes).utf8).write(to: file)
            let start = ContinuousClock.now
            // The limit is on memory that is asked for, which is more than is used.
            let script = "ulimit -v \(Attack.count(2 << 20, whole: 6 << 20)); exec \"$0\" check \"$1\""
            let program = try Tool(built: "postern").url.path
            let outcome = try await Tool("sh").run(["-c", script, program, file.path])
            #expect(outcome.status.map { (0...2).contains($0) } ?? false, "\(outcome.errors.prefix(500))")
            #expect(outcome.output.count + outcome.errors.utf8.count < 1 << 20)
            #expect(ContinuousClock.now - start < .seconds(Attack.count(60, whole: 600)))
        }
    }
}
