import Testing

@testable import IngressTranslation

/// The table of settings says of each what the documentation needs.
struct DocumentationTests {
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
}
