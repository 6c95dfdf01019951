/// Texts that would break out of their argument if anything printed them as they are.
package enum HostileText {
    package static let all: [String] = [
        "", " ", "a b", "plain", "/path/to", "a;b", ";", "{", "}", "a{b", "a}b", "};", "{}", "} server {",
        "\"", "'", "a\"b", "a'b", "\"quoted\"", "'quoted'", "\\", "\\\\", "\\\\\\", "a\\", "a\\\\", "a\\\"", "\\\"",
        "\\n", "\\t", "\\r", "\\x", "\\ ", "\\;", "\\{", "a\\nb", "a\\\\nb", "#", "# comment", "a#b", "a #b", "\\#",
        "$", "$$", "$host", "${host}", "${", "$}", "$1", "a$", "$ {", "\\$", "\\${", "\\${host}", "\\\\${host}", "$\\{",
        "${{", "${a}{b}", "$host;}", "(", ")", "a)", ")a", "\")", "a\")", "=", "~", "~*", "^~", "@", "~.*", "=/foo",
        "default", "include", "hostnames", "volatile", "\\default", "\\~", "~\\", "off", "on", "x; return 200 pwned; #",
        "\"; return 200 pwned; \"", "'; return 200 pwned; '", "\\\"; return 200 pwned; \\\"", "ünïcode", "日本語", "🙂",
        "a\u{A0}b", "\u{2028}", "^[^.]+\\.foo\\.com$", "^/(?<a>[a-z]{2,3})/\\d+$", "%00", "%0a", "/a/../b", "||",
        "`id`",
        "<script>", "&amp;", "a\u{0300}", "*", "*.example.com", ".example.com", "_", "-", "--", "!", "unix:/x", "a:b",
        String(repeating: "a", count: 3_998), String(repeating: "\"", count: 1_999),
        String(repeating: "é", count: 1_999),
    ]

    /// Texts that no argument may hold.
    package static let refused: [String] = [
        "\0", "a\0b", "\n", "a\nb", "\r", "\t", "\u{1}", "\u{1F}", "\u{7F}", "\u{80}", "\u{85}", "a\u{9F}",
        "x;\nreturn 200 pwned;\n#", String(repeating: "a", count: 4_001), String(repeating: "\"", count: 2_000),
    ]

    /// Random texts over the characters that nginx's lexer and its evaluation treat specially.
    package static func random(_ count: Int, seed: UInt64) -> [String] {
        var random = SeededRandom(seed: seed)
        let pieces = [
            "\"", "'", "\\", "{", "}", ";", "#", " ", "$", "(", ")", "~", "n", "t", "r", "a", "1", "_", "é", "${",
        ]
        return (0..<count).map { _ in
            (0..<Int.random(in: 0...9, using: &random))
                .compactMap { _ in pieces.randomElement(using: &random) }
                .joined()
        }
    }
}
