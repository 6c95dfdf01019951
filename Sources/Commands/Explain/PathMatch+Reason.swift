import ProxyConfiguration

extension PathMatch {
    /// Why it comes before another path that matches as well.
    func reason(before other: PathMatch) -> String {
        switch (self, other) {
        case (.exact, _): "it matches, but an Exact path comes first"
        case (.prefix, .prefix): "it matches, but a longer prefix comes first"
        case (.expression, .expression): "it matches, but a longer regular expression comes first"
        case (_, .expression), (_, .exact): "it matches, but comes later"
        case (.expression, .prefix): "it matches, but a regular expression comes first"
        }
    }
}
