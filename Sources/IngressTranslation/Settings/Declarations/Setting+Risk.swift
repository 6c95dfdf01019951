extension Setting {
    /// The harm that an annotation may do in ingress-nginx, as its documentation rates it.
    package enum Risk: String, Sendable, Hashable, CaseIterable, Comparable {
        case low = "Low"
        case medium = "Medium"
        case high = "High"
        case critical = "Critical"

        package static func < (left: Risk, right: Risk) -> Bool { left.rank < right.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
    }

    /// The same setting, whose annotation has this risk.
    func risk(_ risk: Risk) -> Setting {
        var setting = self
        setting.risk = risk
        return setting
    }
}
