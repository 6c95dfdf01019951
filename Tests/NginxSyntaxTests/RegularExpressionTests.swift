import NginxSyntax
import TestSupport
import Testing

@Suite struct RegularExpressionTests {
    @Test(arguments: HostileText.all + HostileText.random(100, seed: 3))
    func `an escaped text matches itself alone, and prints as one argument`(_ value: String) throws {
        guard let expression = try? RegularExpression(RegularExpression.escaping(value)) else {
            // Escaping makes some of the longest texts too long.
            return #expect(value.utf8.count > 1_900)
        }
        #expect(expression.firstMatch(in: Array(value.utf8))?.range == 0..<value.utf8.count)
        let start = value.isEmpty ? 0 : 1
        #expect(expression.firstMatch(in: Array("<\(value)>".utf8))?.range == start..<(start + value.utf8.count))
        #expect(try parsedArguments(expression) == [expression.pattern])
    }

    @Test func `escapes only what means something to PCRE`() {
        #expect(RegularExpression.escaping("a.b/c-d_e+f$") == #"a\.b/c-d_e\+f\$"#)
    }

    @Test func `says what is wrong in the words of PCRE, and where`() {
        #expect(throws: RegularExpressionError.self) { try RegularExpression("a(b") }
        do {
            _ = try RegularExpression("ab(c")
        } catch {
            #expect(error.message == "missing closing parenthesis")
            #expect(error.offset == 4)
        }
    }

    @Test(arguments: HostileText.refused)
    func `refuses what nginx cannot carry`(_ pattern: String) {
        #expect(throws: RegularExpressionError.self) { try RegularExpression(pattern) }
    }

    @Test func `tells groups by number and by name`() throws {
        let expression = try RegularExpression("^/(?<lang>[a-z]{2})(/x)?/(.*)$")
        #expect(expression.captureCount == 3)
        #expect(expression.groupNames == ["lang"])
        let match = try #require(expression.firstMatch(in: Array("/de/page".utf8)))
        #expect(match.groups == [0..<8, 1..<3, nil, 4..<8])
        #expect(match.namedGroups == ["lang": 1..<3])
        #expect(expression.firstMatch(in: Array("/DE/page".utf8)) == nil)
        #expect(expression.firstMatch(in: Array("/DE/page".utf8), ignoringCase: true)?.range == 0..<8)
    }

    @Test func `matches bytes, not characters`() throws {
        #expect(try RegularExpression("^..$").firstMatch(in: Array("é".utf8)) != nil)
        #expect(try RegularExpression("a").firstMatch(in: [0xFF, 0x00, 0x61])?.range == 2..<3)
        #expect(try RegularExpression("").firstMatch(in: [])?.range == 0..<0)
    }

    @Test(.timeLimit(.minutes(10)))
    func `gives up on a pattern that backtracks without end`() throws {
        let subject = Array(repeating: UInt8(ascii: "a"), count: 64) + [UInt8(ascii: "!")]
        #expect(try RegularExpression("^(a|a)*$").firstMatch(in: subject) == nil)
        #expect(try RegularExpression("^(a|a)*$").outcome(in: subject) == .givenUp)
    }

    @Test func `a limit is printed in front of the pattern, and holds for matches`() throws {
        let subject = Array("/aaaaaaaaaaaa!".utf8)
        let plain = try RegularExpression("/(a+)+$")
        #expect(plain.outcomeAtStart(of: subject) == .noMatch)
        for limited in [try RegularExpression("/(a+)+$", matchLimit: 100), plain.limited(to: 100)] {
            #expect(limited.description == "(*NO_JIT)(*LIMIT_MATCH=100)/(a+)+$")
            #expect(try limited.anchored().description == "(*NO_JIT)(*LIMIT_MATCH=100)^/(a+)+$")
            #expect(limited.pattern == "/(a+)+$")
            #expect(limited.outcomeAtStart(of: subject) == .givenUp)
            #expect(limited.outcomeAtStart(of: Array("/aaa".utf8)).isMatch)
            #expect(limited != plain)
        }
    }

    /// Machine code of a group that is repeated a thousand times takes more memory than it gets.
    @Test(arguments: [
        ("^(?:a|b)*$", false), ("(?<x>ab)+", false), ("(a){9}", false), ("(?R)", false), ("(a)(?1)", false),
        (#"(a)\g1"#, false), ("(?P>x)(?<x>a)", false), ("^[^.]+$", true), ("^(a|b)?(.*)$", true),
        (#"^[^:-Z]*+(?:.|(?<=\.)$)"#, true),
    ])
    func `a pattern that repeats a group is not compiled to machine code`(pattern: String, isCompiled: Bool) throws {
        #expect(try RegularExpression(pattern).description.contains("(*NO_JIT)") == !isCompiled)
    }

    @Test(arguments: ["(*LIMIT_MATCH=9)/a", "(*UTF)/a", "(*LIMIT_HEAP=9)/a", "(*NO_START_OPT)/a"])
    func `a pattern with a limit of its own cannot be anchored, and so matches nothing`(_ pattern: String) throws {
        let expression = try RegularExpression(pattern, matchLimit: 100)
        #expect(throws: RegularExpressionError.self) { try expression.anchored() }
        #expect(expression.outcomeAtStart(of: Array("/a".utf8)) == .noMatch)
    }

    @Test(arguments: [
        "/(a+)+$", "/(a+)+[xyz]{1,9}$", "/(a|a)*$", "/([a-z]+/?)+$", "/(a|aa)+$", "/(?:a+/*)+!",
        #"/(\w+\s?)*$"#, "/x(y+)+y$", "/.*.*.*.*=", "/(?<x>a+)+b", "/([a-zA-Z0-9])(([.-]|_+)?([a-zA-Z0-9]+))*$",
        "/(a{1,20}){1,20}$",
    ])
    func `a short text is found for which a pattern tries too many ways`(_ pattern: String) throws {
        let backtracking = try #require(try RegularExpression(pattern).backtracking)
        #expect(backtracking.text.count <= 200)
        #expect(try RegularExpression(pattern, matchLimit: 10_000).outcomeAtStart(of: backtracking.text) == .givenUp)
    }

    @Test(arguments: [
        "/", "/api(/|$)(.*)", "/(.*)", "/?(.*)", "/api/v[0-9]+/(.*)", "/.*\\.(js|css|png)$", "/[^/]+/(.*)",
        "/(a|b|c)/x",
        "/(.*)/(.*)\\.php$", "/users/([0-9]+)/items/([a-z-]+)$", "/(?i)x", "/a{2}", "/(?!admin)(.*)", "/[]a]+$",
        "/\\Qa+\\E",
        "/(?:en|de)(/|$)(.*)", "/^/", "/a|/b", "/(((((((((((((((((((((((((((a)))))))))))))))))))))))))))$",
    ])
    func `the patterns that people write are not told of`(_ pattern: String) throws {
        #expect(try RegularExpression(pattern).backtracking == nil)
    }
}

extension RegularExpression.Outcome {
    fileprivate var isMatch: Bool { if case .match = self { true } else { false } }
}
