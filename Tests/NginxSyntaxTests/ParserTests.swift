import NginxSyntax
import TestSupport
import Testing

@Suite struct ParserTests {
    @Test func `reads words, blocks and lines`() throws {
        let source = """
            user  nginx;   # the worker
            http {
                # nothing
                server { listen 80; }

                map $a $b {
                    default "x y";
                    ~^a\\.b$ 'it''s';
                }
            }
            """
        let expected = [
            Directive("user", ["nginx"], line: 1),
            Directive(
                "http",
                block: [
                    Directive("server", block: [Directive("listen", ["80"], line: 4)], line: 4),
                    Directive(
                        "map",
                        ["$a", "$b"],
                        block: [Directive("default", ["x y"], line: 7), Directive("~^a\\.b$", ["its"], line: 8)],
                        line: 6
                    ),
                ],
                line: 2
            ),
        ]
        #expect(try parsed(source.replacing("'it''s'", with: "'its'")) == expected)
        #expect(throws: ConfigurationSyntaxError.self) { try parsed(source) }
    }

    @Test(arguments: [
        ("a b c;", ["b", "c"]), ("a\tb\r\nc;", ["b", "c"]), (#"a "b c" 'd e';"#, ["b c", "d e"]), ("a b#c;", ["b#c"]),
        ("a b # c\nd;", ["b", "d"]), (#"a "b\"c" 'd\'e';"#, [#"b"c"#, "d'e"]), (#"a "b'c" 'd"e';"#, ["b'c", #"d"e"#]),
        (#"a \n\t\r\\\'\"\x;"#, ["\n\t\r\\'\"\\x"]), (#"a b\ c b\;c;"#, [#"b\ c"#, #"b\;c"#]),
        (#"a b"c" d'e;"#, [#"b"c""#, "d'e"]),
        (#"a "";"#, [""]), ("a ${b} ${c}d$;", ["${b}", "${c}d$"]), ("a $b${{c;", ["$b${{c"]), ("a b}c;", ["b}c"]),
        (#"a ("b");"#, [#"("b")"#]), (#"a ( "b");"#, ["(", "b", ")"]), (#"a "b")c;"#, ["b", ")c"]),
        ("a é\u{A0}b;", ["é\u{A0}b"]),
        ("\"a\" b;", ["b"]), ("a;", []), ("a \"b\nc\";", ["b\nc"]), (##"a \#b;"##, [##"\#b"##]),
    ])
    func `reads the words of a directive as nginx does`(_ source: String, _ words: [String]) throws {
        #expect(try parsed(source) == [Directive("a", words, line: 1)])
    }

    @Test(arguments: [
        "ngx.say(\"}\")", "local t = {a = {}}", "-- }", "--[[ } \n }}]] local a = '\\'}'", "s = [==[ }]] } ]==]",
        "a[b[1]] = '{'", "",
    ])
    func `passes code by its own rules`(_ code: String) throws {
        let directives = try parsed("a {\n content_by_lua_block {\n\(code)\n}\n b;\n}")
        let last = 5 + code.split(separator: "\n", omittingEmptySubsequences: false).count - 1
        var program = Directive("content_by_lua_block", block: [], line: 2)
        program.code = "\n\(code)\n"
        #expect(directives == [Directive("a", block: [program, Directive("b", line: last)], line: 1)])
    }

    @Test(arguments: [
        "a_by_lua_block { if x then", "a_by_lua_block { [[ }", "a_by_lua_block { ' }", "a_by_lua_block {",
    ])
    func `refuses code without an end`(_ source: String) throws {
        #expect(throws: ConfigurationSyntaxError.self) { try parsed(source) }
    }

    @Test(arguments: [
        ("}", #"unexpected "}""#), ("a {}}", #"unexpected "}""#), ("a }", #"unexpected "}""#),
        (";", #"unexpected ";""#),
        ("a {;}", #"unexpected ";""#), ("{}", #"unexpected "{""#), ("a {", #"unexpected end of file, expecting "}""#),
        ("a { b;", #"unexpected end of file, expecting "}""#), ("a", #"unexpected end of file, expecting ";" or "}""#),
        ("a b", #"unexpected end of file, expecting ";" or "}""#),
        ("a 'b;", #"unexpected end of file, expecting ";" or "}""#),
        ("a \"b;", #"unexpected end of file, expecting ";" or "}""#), (#"a "b"c;"#, #"unexpected "c""#),
        (#"a "b"}"#, #"unexpected "}""#),
        (#"a "b""c";"#, ##"unexpected """"##), (#"a b\"#, #"unexpected end of file, expecting ";" or "}""#),
        (#"a \${b;"#, #"unexpected end of file, expecting "}""#),
    ])
    func `refuses what nginx refuses, in its words`(_ source: String, _ message: String) throws {
        let error = #expect(throws: ConfigurationSyntaxError.self) { try parsed(source) }
        #expect(error?.message == message)
        let said = try Nginx.test(source).output
        #expect(said.contains(message) || said.contains("unknown directive"))
    }

    @Test func `names the line of the trouble`() {
        let error = #expect(throws: ConfigurationSyntaxError.self) { try parsed("a;\nb {\nc;\n}\n}\n") }
        #expect(error?.description == #"unexpected "}" in line 5"#)
    }

    @Test(arguments: 4_090...4_100)
    func `a word has the room that nginx gives it`(_ length: Int) throws {
        let word = String(repeating: "a", count: length)
        let comment = String(repeating: "#", count: length)
        for body in ["x \(word);", "x \(word) ;", "x \"\(word)\";", "x '\(word)' ;", "\(comment)\nx y;", "x \(word)"] {
            let source = "events {}\nhttp {\ntypes {\n\(body)\n}\n}\n"
            let said = try Nginx.test(source)
            do {
                _ = try parsed(source)
                #expect(said.status == 0, "\(said.output)")
            } catch {
                #expect(said.status != 0)
                #expect(said.output.contains(error.message))
            }
        }
    }

    @Test func `accepts exactly the random sources that nginx accepts`() throws {
        var random = SeededRandom(seed: 4)
        let pieces = ["\"", "'", "\\", "{", "}", ";", "#", " ", "\n", "$", ")", "n", "a", "b", "; ", " x y;"]
        for _ in 0..<250 {
            // Entries of `types` may hold any words at all.
            let body = (0..<Int.random(in: 1...8, using: &random)).compactMap { _ in
                pieces.randomElement(using: &random)
            }
            let source = "events {} http { types { x \(body.joined());\n}\n}\n"
            let said = try Nginx.test(source)
            do {
                let tree = try parsed(source)
                let entries = tree.last?.block?.last?.block ?? []
                let isPlain = tree.count == 2 && tree.last?.block?.count == 1 && entries.allSatisfy { $0.block == nil }
                #expect((said.status == 0) == isPlain, "\(source)\n\(said.output)")
            } catch {
                #expect(said.status != 0, "\(source)\n\(error)")
            }
        }
    }

    @Test func `nesting of any depth is read`() throws {
        let depth = 50_000
        let source = String(repeating: "a {", count: depth) + String(repeating: "}", count: depth)
        var block = try parsed(source).first?.block
        var count = 1
        while let inner = block?.first {
            count += 1
            block = inner.block
        }
        #expect(count == depth)
    }
}
