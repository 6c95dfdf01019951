import NginxSyntax
import TestSupport
import Testing

@Suite struct MatchTests {
    @Test func `a location prints its modifier and its name`() throws {
        let path = try #require(LocationPath("/a b"))
        let expression = try RegularExpression(#"\.php$"#)
        let printed = [
            LocationMatch.exact(path), .prefix(path), .finalPrefix(path), .expression(expression, ignoresCase: false),
            .expression(expression, ignoresCase: true), .named(try #require(Identifier("fallback"))),
        ].map(\.description)
        #expect(
            printed == [
                #"= "/a b""#, #""/a b""#, #"^~ "/a b""#, #"~ \.php$"#, #"~* \.php$"#, "@fallback",
            ]
        )
    }

    @Test(arguments: ["", "=/a", "~/a", "^~/a", "@a", "a", " /a"] + HostileText.refused.map { "/" + $0 })
    func `a location's path starts with a slash, so nginx sees no modifier in it`(_ path: String) {
        #expect(LocationPath(path) == nil)
    }

    @Test(arguments: HostileText.all.dropLast(3))
    func `a location's path comes back as it is`(_ text: String) throws {
        let path = try #require(LocationPath("/\(text)"))
        #expect(try parsedArguments(LocationMatch.exact(path)) == ["=", path.value])
        #expect(try parsedArguments(LocationMatch.prefix(path)) == [path.value])
    }

    @Test func `a server name prints as one argument`() throws {
        let name = try #require(HostName("Shop.Example"))
        let printed = try [
            .name(name), .any, .expression(RegularExpression(#"^[^.]+\.foo\.com$"#)),
            .expression(RegularExpression("^a{2};$")), .expression(RegularExpression("")),
        ].map { (server: ServerName) in server.description }
        #expect(printed == ["shop.example", "_", #"~^[^.]+\.foo\.com$"#, #""~^a{2};$""#, "~^"])
    }

    @Test(arguments: HostileText.all.dropLast(3))
    func `a pattern in a server name or a map comes back as it is`(_ text: String) throws {
        let expression = try RegularExpression("^" + RegularExpression.escaping(text))
        #expect(try parsedArguments(ServerName.expression(expression)) == ["~\(expression.pattern)"])
        #expect(try parsedArguments(MapKey.expression(expression, ignoresCase: true)) == ["~*\(expression.pattern)"])
    }

    @Test func `a literal key of a map never reads as its syntax`() throws {
        let printed = ["a", "~a", "default", "include", "\\a", "\\", "a b", ""].map {
            Text($0).map(MapKey.literal)?.description
        }
        #expect(printed == ["a", #"\~a"#, #"\default"#, #"\include"#, #"\\\a"#, #""\\\\""#, #""a b""#, #""""#])
        #expect(MapKey.fallback.description == "default")
    }
}
