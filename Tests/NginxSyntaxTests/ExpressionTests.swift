import NginxSyntax
import TestSupport
import Testing

@Suite struct ExpressionTests {
    @Test(arguments: HostileText.all.dropLast(3))
    func `a literal stays literal`(_ value: String) throws {
        let expression = try #require(Expression(literal: value))
        #expect(try parsedArguments(expression) == [value.replacing("$", with: "${dollar}")])
        #expect(expression.usesDollarVariable == value.contains("$"))
    }

    @Test func `random literals stay literal between variables`() throws {
        let name = try #require(VariableName("host"))
        for value in HostileText.random(5_000, seed: 2) {
            let parts: [Expression.Part] = [.variable(name), .literal(value), .variable(name)]
            let read = try parsedArguments(try #require(Expression(parts: parts)))
            let continues = value.first.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") } ?? false
            let literal = value.replacing("$", with: "${dollar}")
            #expect(read == ["\(continues ? "${host}" : "$host")\(literal)$host"])
        }
    }

    @Test(arguments: HostileText.refused + [String(repeating: "$", count: 500)])
    func `refuses what nginx cannot carry`(_ value: String) {
        #expect(Expression(literal: value) == nil)
    }

    @Test func `a name gets braces only where text would continue it`() throws {
        let host = Expression.Part.variable(try #require(VariableName("host")))
        let capture = Expression.Part.variable(try #require(VariableName("1")))
        let printed = [
            [host], [host, .literal("/")], [host, .literal("_a")], [host, .literal("")], [host, host],
            [capture, .literal("2")], [.literal("a"), host, .literal("[")], [host, .literal("$")],
            [.literal("\\"), host, .literal("x")], [host, .literal(" {")],
        ].map { Expression(parts: $0)?.description }
        #expect(
            printed == [
                "$host", "$host/", "${host}_a", "$host", "$host$host", "$12", "a$host[", "$host${dollar}",
                #""\${host}x""#, #""$host {""#,
            ]
        )
    }

    @Test func `joins neighbouring literals, so equal texts are equal`() {
        #expect(Expression(parts: [.literal("a"), .literal(""), .literal("b")]) == Expression(literal: "ab"))
    }

    @Test(arguments: ["host", "1", "9", "_x", "arg_a1"])
    func `takes the name of a variable`(_ name: String) {
        #expect(VariableName(name)?.description == "$\(name)")
    }

    @Test(arguments: ["", "0", "12", "1a", "a-b", "a b", "ü", "a}", "$a"])
    func `refuses a name that nginx would read otherwise`(_ name: String) {
        #expect(VariableName(name) == nil)
    }
}
