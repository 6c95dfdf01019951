import Incremental
import NginxSyntax
import ProxyConfiguration
import TestSupport

/// Random requests that are near to the routes of a configuration.
struct RandomRequests {
    private var random: SeededRandom
    private let hosts: [String]
    private let paths: [String]
    private let headers: [String: [String]]

    private static let methods = ["GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"]

    init(near configuration: Configuration, seed: UInt64) {
        random = SeededRandom(seed: seed)
        hosts = configuration.servers.map(\.host.known) + ["unknown.invalid"]
        let servers = configuration.servers
        paths = Set(servers.flatMap { $0.locations.map(\.path.near) } + ["/"]).sorted()
        var headers: [String: [String]] = [
            "origin": ["https://unlisted.invalid", "null"], "user-agent": ["probe", "curl/8"],
            "x-forwarded-proto": ["https", "http", "ftp"], "x-forwarded-host": ["other.example", "a b"],
            "x-forwarded-for": ["10.1.2.3", "192.0.2.9, 10.0.0.1"], "authorization": ["Basic YTpi"],
            "cookie": ["a=b", "always=always; never=never"], "upgrade": ["websocket"],
        ]
        for location in servers.flatMap(\.locations) {
            if case .listed(let list) = location.policy.cors?.origins {
                headers["origin", default: []] += list.patterns.prefix(4).map(\.example)
            }
            guard case .proxy(let proxying) = location.action, let rules = proxying.backends.canary?.rules else {
                continue
            }
            if let name = rules.cookie {
                headers["cookie", default: []] += ["\(name.value)=always", "\(name.value)=never"]
            }
            if let header = rules.header {
                let name = header.name.lowercased.replacing("_", with: "-")
                headers[name, default: []] += ["always", "never", "x"]
                if case .value(let value) = header.rule { headers[name, default: []].append(value.value) }
            }
        }
        self.headers = headers
    }

    mutating func next() -> Request {
        let scheme: Listener.Scheme = chance(of: 4) ? .https : .http
        var fields: [String: String] = [:]
        for name in headers.keys.sorted() where chance(of: 8) { fields[name] = pick(headers[name] ?? [""]) }
        return Request(
            scheme: scheme,
            host: host(),
            method: chance(of: 3) ? pick(Self.methods) : "GET",
            target: target(),
            headers: fields,
            isAdmitted: true
        )
    }

    private mutating func chance(of count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    private mutating func host() -> String {
        let host = pick(hosts)
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return host.uppercased()
        case 1: return host + ":8080"
        case 2: return host + "."
        case 3: return "x." + host
        case 4: return host.split(separator: ".").dropFirst().joined(separator: ".").isEmpty ? host : "a-" + host
        default: return host
        }
    }

    private mutating func target() -> String {
        var path = chance(of: 6) ? pick(["/", "/nowhere", "/healthz"]) : pick(paths)
        for _ in 0..<Int.random(in: 0..<3, using: &random) { path = changed(path) }
        var target = Request.target(for: path.utf8)
        if chance(of: 6) { target = target.replacing("a", with: "%61") }
        if chance(of: 10) { target += pick(["%2F", "%2fb", "/%2e%2e/", "%0A", "%00", "%zz", "+", "%E4", "/..;/"]) }
        if chance(of: 4) { target += pick(["?", "?a=b", "?a=/b&c=%2F", "?a#b", "#b", "??"]) }
        return target
    }

    private mutating func changed(_ path: String) -> String {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return path + "/"
        case 1: return path + "x"
        case 2: return path + "/x/y.html"
        case 3: return String(path.dropLast()).isEmpty ? "/" : String(path.dropLast())
        case 4: return "/" + path
        case 5: return path + "/../" + pick(["x", ""])
        case 6: return path + pick(["//", "/./", "/."])
        case 7: return path.uppercased()
        case 8: return "/x/.." + path
        default: return path + pick(paths)
        }
    }
}

extension HostPattern {
    fileprivate var known: String {
        switch self {
        case .any: "any.invalid"
        case .name(let name): name.value
        case .wildcard(let parent): "one.\(parent.value)"
        }
    }
}

extension PathMatch {
    /// A path that it may match.
    fileprivate var near: String {
        switch self {
        case .exact(let path), .prefix(let path): path.value
        case .expression(let expression): expression.likelyMatch.hasPrefix("/") ? expression.likelyMatch : "/"
        }
    }
}
