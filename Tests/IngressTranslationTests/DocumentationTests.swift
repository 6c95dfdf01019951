import Foundation
import TestSupport
import Testing

@testable import IngressTranslation

/// The README's tables tell of each option what the code says of it.
struct DocumentationTests {
    @Test func `the README tells of every annotation that is read`() throws {
        #expect(try rows(below: "| annotation ") == AnnotationTable.definitions.map(row))
    }

    @Test func `the README tells of every key that a class's parameters may hold`() throws {
        #expect(try rows(below: "| key ") == ParameterTable.definitions.map(row))
    }

    @Test(arguments: AnnotationTable.definitions + ParameterTable.definitions)
    func `the default that is told is the one that counts`(option: OptionDefinition) throws {
        guard let value = option.defaultValue else { return }
        var options = IngressOptions.builtIn
        try option.apply(value, &options)
        #expect(options == .builtIn)
    }

    @Test(arguments: [AnnotationTable.definitions, ParameterTable.definitions])
    func `options stand in the order of their names, each once, with what they do in sentences`(
        options: [OptionDefinition]
    ) {
        let names = options.map(\.name)
        #expect(names == Set(names).sorted())
        #expect(options.filter { !$0.effect.hasSuffix(".") || $0.type.isEmpty }.map(\.name) == [])
    }

    private func row(of option: OptionDefinition) -> String {
        let value = option.defaultValue.map { " `\($0)` " } ?? " "
        return "| `\(option.name)` | \(option.type) |\(value)| \(option.scope) | \(option.effect) |"
    }

    /// The rows of the table whose head begins so.
    private func rows(below head: String) throws -> [String] {
        let text = try String(contentsOf: PackageRoot.url.appending(path: "README.md"), encoding: .utf8)
        let lines = text.components(separatedBy: "\n").drop { !$0.hasPrefix(head) }
        return lines.dropFirst(2).prefix { $0.hasPrefix("|") }
    }
}
