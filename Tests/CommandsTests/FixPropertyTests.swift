import Diagnostics
import Manifests
import Testing

@testable import Commands

/// Manifests of v1beta1 in whatever layout: what is rewritten keeps its comments and what stands around it.
struct FixPropertyTests {
    /// The same numbers in every run.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let before = "# first\napiVersion:   v1\nkind: ConfigMap\nmetadata: { name: a,namespace: b }\n---\n"
    private static let after =
        "---\nkind: Service\napiVersion: v1\nmetadata: {name:   web}\nspec: {ports: [{port: 80}]} # last\n"

    @Test func `every layout is rewritten, and nothing else changes`() throws {
        var dice = Dice(state: 7)
        for _ in 0..<300 {
            let (text, comments) = Self.ingress(&dice)
            let file = ManifestFile(name: "web.yaml", text: Self.before + text + Self.after)
            let outdated = OutdatedManifests([file], besides: [])
            let fix = try #require(outdated.fixes.first, "\(text)\n\(outdated.findings.map(\.text))")
            let new = String(decoding: fix.file.bytes, as: UTF8.self)
            #expect(new.hasPrefix(Self.before) && new.hasSuffix(Self.after), "\(new)")
            #expect(new.matches(of: /#c\d+/).map { String($0.0) } == comments, "\(new)")
            #expect(!new.contains("v1beta1") && !new.contains("serviceName") && !new.contains("servicePort"), "\(new)")
            #expect(OutdatedManifests([fix.file], besides: []).findings.isEmpty)
        }
    }

    /// An Ingress, and its comments in their order.
    private static func ingress(_ dice: inout Dice) -> (String, comments: [String]) {
        var comments: [String] = []
        func comment(_ dice: inout Dice) -> String {
            guard Bool.random(using: &dice) else { return "" }
            comments.append("#c\(comments.count)")
            return "  \(comments.last ?? "")"
        }
        func line(_ text: String, _ indentation: Int, _ dice: inout Dice) -> String {
            let own = Int.random(in: 0..<8, using: &dice) == 0 ? comment(&dice) : ""
            let above = own.isEmpty ? "" : String(repeating: " ", count: indentation) + own.dropFirst(2) + "\n"
            return above + String(repeating: " ", count: indentation) + text + comment(&dice) + "\n"
        }
        let version = ["extensions/v1beta1", "'networking.k8s.io/v1beta1'", "\"extensions/v1beta1\""].randomElement(
            using: &dice
        )
        var text = line("apiVersion: \(version ?? "")", 0, &dice)
        text += "kind: Ingress\nmetadata: {name: web}\nspec:\n"
        let step = [2, 4].randomElement(using: &dice) ?? 2
        if Bool.random(using: &dice) {
            text += line("backend:", 2, &dice) + backend(2 + step, &dice, line)
        }
        text += "  rules:\n  - host: shop.example\n    http:\n      paths:\n"
        for number in 0..<Int.random(in: 1...3, using: &dice) {
            let indentation = 6 + (Bool.random(using: &dice) ? 2 : 0)
            // All items of a list stand in one column.
            let dash = String(repeating: " ", count: 6)
            let hasType = Bool.random(using: &dice)
            if indentation > 6 {
                let type = hasType ? "pathType: Prefix, " : ""
                text +=
                    "\(dash)- {path: /p\(number), \(type)backend: {serviceName: web, servicePort: 80}}\(comment(&dice))\n"
                continue
            }
            var fields: [(inout Dice) -> String] = [
                { line("path: /p\(number)", 8, &$0) },
                { line("backend:", 8, &$0) + backend(8 + step, &$0, line) },
            ]
            if hasType { fields.append { line("pathType: Exact", 8, &$0) } }
            fields.shuffle(using: &dice)
            text += "\(dash)-\n" + fields.map { $0(&dice) }.joined()
        }
        return (text, comments)
    }

    private static func backend(
        _ indentation: Int,
        _ dice: inout Dice,
        _ line: (String, Int, inout Dice) -> String
    ) -> String {
        let port = ["80", "http", "'http'"].randomElement(using: &dice) ?? "80"
        let fields = ["serviceName: web", "servicePort: \(port)"].shuffled(using: &dice)
        return fields.map { line($0, indentation, &dice) }.joined()
    }
}
