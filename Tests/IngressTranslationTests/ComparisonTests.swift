import Testing

@testable import IngressTranslation

/// What the rows of settings say about ingress-nginx.
struct ComparisonTests {
    @Test(arguments: SettingTable.all)
    func `each row says how it compares with ingress-nginx`(_ setting: Setting) {
        switch setting.comparison {
        case .identical: #expect(setting.unsupported == nil, "\(setting.name) is not read")
        case .different(let difference):
            #expect(setting.unsupported == nil, "\(setting.name) is not read")
            #expect(difference.hasSuffix(".") && difference != setting.effect, "\(setting.name)")
        case .missing(let need):
            #expect(setting.unsupported != nil, "\(setting.name) is read")
            #expect(!need.isEmpty && !need.hasSuffix(".") && need.first?.isUppercase == false, "\(setting.name)")
        case nil: Issue.record("add '.identical', '.differs(…)' or '.wouldNeed(…)' to the row '\(setting.name)'")
        }
    }
}
