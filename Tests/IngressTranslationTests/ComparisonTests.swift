import Testing

@testable import IngressTranslation

/// What the rows of settings say about ingress-nginx.
struct ComparisonTests {
    @Test func `each row says how it compares with ingress-nginx`() {
        for setting in SettingTable.all {
            let (name, isRead) = (setting.name, setting.unsupported == nil)
            switch setting.comparison {
            case .identical: #expect(isRead, "\(name) is not read")
            case .different(let difference):
                #expect(isRead, "\(name) is not read")
                #expect(difference.hasSuffix(".") && difference != setting.effect, "\(name)")
            case .missing(let need):
                #expect(!isRead, "\(name) is read")
                #expect(!need.isEmpty && !need.hasSuffix("."), "\(name)")
            case nil: Issue.record("add '.identical', '.differs(…)' or '.wouldNeed(…)' to the row '\(name)'")
            }
        }
    }
}
