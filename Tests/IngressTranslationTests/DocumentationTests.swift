import Foundation
import TestSupport
import Testing

@testable import IngressTranslation

/// The README's tables tell of each option what the code says of it.
struct DocumentationTests {
    @Test func `the README tells of every annotation that is read`() throws {
        #expect(try rows(below: "| annotation ") == read(SettingTable.annotations).map(row))
    }

    @Test func `the README tells of every key that a class's parameters may hold`() throws {
        #expect(try rows(below: "| key ") == read(SettingTable.keys).map(row))
    }

    @Test(arguments: SettingTable.all.map(\.name))
    func `the default that is told is the one that counts`(name: String) throws {
        for setting in SettingTable.all where setting.name == name {
            guard let field = setting.field, let value = setting.defaultValue else { continue }
            var values = SettingValues.builtIn
            try field.read(value, &values)
            #expect(values == .builtIn)
        }
    }

    @Test func `each setting says what it does in sentences`() {
        #expect(SettingTable.all.filter { !$0.effect.hasSuffix(".") }.map(\.name) == [])
    }

    private func read(_ settings: [String: Setting]) -> [Setting] {
        settings.filter { $0.value.field != nil && $0.value.name == $0.key }.map(\.value).sorted { $0.name < $1.name }
    }

    private func row(of option: Setting) -> String {
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
