import Incremental
import NginxSyntax
import ProxyConfiguration

/// Requests with the headers by which canaries are chosen, and with some that are near.
struct CanaryProbes {
    private(set) var requests: [(target: String, headers: [String: String])] = []

    /// - Parameter targets: Those at the edges of the server's paths.
    init(of server: VirtualServer, _ targets: [String]) {
        let locations = server.locations.filter { $0.canaryOrigin != nil || $0.backends.count > 1 }
        guard !locations.isEmpty else { return }
        for location in locations {
            guard case .proxy(let proxying) = location.action, let rules = proxying.backends.canary?.rules,
                let target = targets.first(where: { server.location(for: $0)?.path == location.path })
            else { continue }
            requests += (rules.probedHeaders + proxying.backends.probedSessions).map { (target, $0) }
        }
    }
}

extension BackendSplit {
    /// Cookies of clients that are kept, and of some that are not.
    fileprivate var probedSessions: [[String: String]] {
        guard let session = canary?.rules.session else { return [] }
        // What stands for a name in the shadow has another mark.
        let marks = all.compactMap { if case .upstream = $0 { $0.sessionMark } else { nil } }
        guard marks.count == 2 else { return [] }
        return (marks + ["x"]).map { ["cookie": "\(session.cookie.value)=a|\($0)"] }
    }
}

extension CanaryRules {
    /// The headers and cookies, single and together, for and against the canary.
    var probedHeaders: [[String: String]] {
        var found: [[String: String]] = []
        let cookies = cookie.map { name in
            ["\(name.value)=always", "a=b; \(name.value)=never", "\(name.value)=Always", "x\(name.value)=always"]
        }
        found += (cookies ?? []).map { ["cookie": $0] }
        guard let header else { return found }
        let name = header.name.lowercased.replacing("_", with: "-")
        guard !Self.unprobed.contains(name) else { return found }
        for value in header.rule.probedValues {
            found.append([name: value])
            if let cookies { found.append([name: value, "cookie": cookies[0]]) }
        }
        return found
    }

    /// Headers by which nginx reads a request itself.
    private static let unprobed: Set<String> = [
        "accept", "connection", "content-length", "cookie", "expect", "host", "if-match", "if-modified-since",
        "if-none-match", "if-unmodified-since", "range", "transfer-encoding", "upgrade",
    ]
}

extension CanaryRules.Header.Rule {
    fileprivate var probedValues: [String] {
        switch self {
        case .alwaysOrNever, .never: ["always", "never", "Always", "x"]
        case .value(let text): [text.value, text.value + "x", text.value.uppercased(), "always"]
        // Text that the expression holds may match, and the whole of it seldom does.
        case .expression(let expression):
            [expression.pattern.filter { $0.isLetter || $0.isNumber } + "a", "always", "-"]
        }
    }
}
