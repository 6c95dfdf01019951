import NginxSyntax
import ProxyConfiguration

extension HostPattern {
    /// A host that it stands for.
    var sample: String {
        switch self {
        case .any: "unknown.invalid"
        case .name(let name): name.value
        case .wildcard(let parent): "any.\(parent.value)"
        }
    }
}

extension Route {
    /// A request target that comes to it; `nil` where none is known.
    var sampleTarget: String? {
        let target = Request.target(for: location.path.sample.utf8)
        guard case .expression = location.path else { return target }
        return server.location(for: target)?.path == location.path ? target : nil
    }
}

extension PathMatch {
    /// A path that probably matches.
    fileprivate var sample: String {
        switch self {
        case .exact(let path), .prefix(let path): path.value
        case .expression(let expression): expression.likelyMatch.hasPrefix("/") ? expression.likelyMatch : "/"
        }
    }
}
