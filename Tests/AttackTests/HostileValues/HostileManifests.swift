import TestSupport

/// Manifests with one hostile text in one of the places of one object, and the other objects as they should be.
struct HostileManifests: Sendable {
    /// The traces of a text that was taken for something else than itself.
    static let directive = "forged_directive"

    static let texts: [String] =
        HostileText.all + HostileText.refused + [
            "/x; \(directive) on;", "/x\"; \(directive) on; \"", "/x'; \(directive) on; '", "/x}\n\(directive) on;\n{",
            "/x\r\n\(directive) on;", "/${\(directive)}", "#\n\(directive) on;", "a.example; \(directive) on",
            "\n::error file=x,line=1::forged", "::add-mask::forged", "##[error]forged", "##vso[task.complete]forged",
            "%0A::error::forged", "\u{1B}[2J\u{1B}[31mforged", "\u{1B}]0;forged\u{7}", "\u{9B}31mforged",
            "forged\u{8}\u{8}", "\u{202E}forged", "\u{2066}forged\u{2069}", "\u{200B}", "\u{FEFF}", "\u{E000}",
            "\u{FFFF}", "\u{10FFFF}", "\u{3164}", "\u{85}forged", "\u{2029}forged",
            "\n2026-01-01T00:00:00+0000 info postern: [run] generation forged serves",
            "../../../etc/passwd", "/etc/passwd", "{{ name }}", "{% end %}", "%s%n", "postern_forged{a=\"b\"} 1\n",
            "\"} 1\npostern_forged 1\n", "10.0.0.1 forged", "10.0.0.1;", "[::1]", "unix:/var/run/docker.sock",
            String(repeating: "forged", count: 2_000),
        ]

    private let others: [JSONValue]
    private let object: JSONValue
    private let change: @Sendable (JSONValue, String) -> JSONValue
    /// Where the text stands, for people.
    let place: String

    /// Every place of every object: the values, and the keys that a user may choose.
    static let all: [HostileManifests] = SampleObjects.all.enumerated().flatMap { number, object in
        var others = SampleObjects.all
        others.remove(at: number)
        let values = object.leaves.map { path in
            HostileManifests(
                others: others,
                object: object,
                change: { $0.replacing(path, with: .text($1)) },
                place: "\(number) value \(path)"
            )
        }
        let keys = object.keyed.map { path in
            HostileManifests(
                others: others,
                object: object,
                change: { $0.replacingKey(path, with: $1) },
                place: "\(number) key \(path)"
            )
        }
        return values + keys
    }

    /// All objects, that with the text among them, as one JSON text after the other.
    func text(with hostile: String) -> String {
        ([change(object, hostile)] + others).map(\.description).joined(separator: "\n")
    }

    /// The changed object alone.
    func object(with hostile: String) -> String { change(object, hostile).description }
}
