import NginxSyntax
import TestSupport
import Testing

@Suite struct TextTests {
    @Test(arguments: HostileText.all)
    func `the parser reads a text back as it is`(_ value: String) throws {
        let text = try #require(Text(value))
        #expect(try parsedArguments(text) == [value])
    }

    @Test func `the parser reads random texts back as they are`() throws {
        for value in HostileText.random(5_000, seed: 1) {
            let text = try #require(Text(value))
            #expect(try parsedArguments(text) == [value])
        }
    }

    @Test(arguments: HostileText.refused)
    func `refuses what nginx cannot carry`(_ value: String) {
        #expect(Text(value) == nil)
    }

    @Test(arguments: [
        ("plain", "plain"), ("", #""""#), ("a b", #""a b""#), ("a;b", #""a;b""#), ("a{b", #""a{b""#),
        ("a}b", #""a}b""#),
        ("#a", ##""#a""##), ("a#b", "a#b"), (#"a"b"#, #"a"b"#), (#""a"#, #""\"a""#), ("'a", #""'a""#), ("it's", "it's"),
        (#"a\.b"#, #"a\.b"#), (#"a\nb"#, #""a\\nb""#), (#"a\"#, #""a\\""#), (#"\\"#, #""\\\\""#), ("$a", "$a"),
        (#"^[^.]+\.foo\.com$"#, #"^[^.]+\.foo\.com$"#), ("a)", "a)"), ("${a}", "${a}"), (#"\${a}"#, #""\${a}""#),
        ("ü", "ü"),
    ])
    func `prints bare where nginx reads that back, else in double quotes`(_ value: String, _ printed: String) throws {
        #expect(try #require(Text(value)).description == printed)
    }

    @Test func `a list prints with single spaces, and nothing when it is empty`() throws {
        let names = try ["b", "a c"].map { try #require(Text($0)) }
        #expect(names.printedForm == #"b "a c""#)
        #expect([Text]().printedForm == "")
        #expect([Text].kind == .text)
    }
}
