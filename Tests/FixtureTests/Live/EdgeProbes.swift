import NginxSyntax
import ProxyConfiguration
import TestSupport

/// Requests at and around the boundaries of a configuration's hosts and paths.
struct EdgeProbes {
    /// At most so many for one configuration, of larger ones a sample.
    private static let limit = 240

    let requests: [CurlRequest]

    /// Takes the paths of regular expressions, which cannot be told from the expression, from `samples`.
    init(_ configuration: Configuration, samples: [CurlRequest]) {
        var found: [CurlRequest] = []
        for server in configuration.servers {
            let targets = Self.targets(of: server, samples)
            found += Self.requests(for: server.host.probed, targets)
            found += Self.requests(around: server.host, targets.first ?? "/")
        }
        found += Self.requests(for: "unknown.invalid", ["/", "/healthz"])
        var seen: Set<String> = []
        let distinct = found.filter { seen.insert("\($0.scheme) \($0.headers) \($0.authority) \($0.target)").inserted }
        // Backends whose names do not resolve answer only after seconds.
        let quick = distinct.filter { request in
            if case .proxied(to: .name, _) = configuration.route(Request(request)).outcome { false } else { true }
        }
        requests = Self.sample(quick)
    }

    /// Leaves some out as if by lot, but at each run the same: a regular step would miss all of one scheme.
    private static func sample(_ requests: [CurlRequest]) -> [CurlRequest] {
        guard requests.count > limit else { return requests }
        return requests.enumerated().filter { index, _ in index * 7919 % requests.count < limit }.map(\.element)
    }

    private static func requests(for host: String, _ targets: [String]) -> [CurlRequest] {
        targets.flatMap { target in
            ["http", "https"].compactMap { request("GET \($0)://\(host)\(target)") }
        }
    }

    private static func requests(around host: HostPattern, _ target: String) -> [CurlRequest] {
        let name = host.probed
        var hosts = [name.uppercased(), "\(name):8080", "\(name).", "x.\(name)", "x\(name)", "x-\(name)"]
        if let dot = name.firstIndex(of: ".") { hosts.append(String(name[name.index(after: dot)...])) }
        return hosts.flatMap { requests(for: $0, [target]) }
    }

    private static func request(_ line: String) -> CurlRequest? {
        var request = CurlRequest(line)
        request?.headers.append(("Accept", "application/json"))
        return request
    }

    private static func targets(of server: VirtualServer, _ samples: [CurlRequest]) -> [String] {
        var targets = ["/", "/nowhere", "/?q=1"]
        var hasExpression = false
        for location in server.locations {
            switch location.path {
            case .exact(let path), .prefix(let path): targets += around(path.value)
            case .expression: hasExpression = true
            }
        }
        if hasExpression { targets += samples.flatMap { around(encoded: $0.target) } }
        return targets
    }

    private static func around(_ path: String) -> [String] {
        let encoded = path.utf8.map(encode).joined()
        var targets = around(encoded: encoded)
        if path.count > 1 {
            targets.append(path.dropLast().utf8.map(encode).joined())
            targets.append(path.utf8.map(alwaysEncode).joined())
        }
        return targets
    }

    private static func around(encoded target: String) -> [String] {
        let path = String(target.prefix { $0 != "?" })
        let query = String(target.dropFirst(path.count))
        var targets = [
            path, path + "/", path + "/x", path + "x", path + "//x", path + "/./x", path + "/../x", "/" + path,
            "/x" + path, path + "%2Fx", path + "%0A", path.swappingCase, path.replacing("/", with: "//"),
        ]
        if path.hasSuffix("/"), path != "/" { targets.append(String(path.dropLast())) }
        return targets.map { $0 + query } + [path + "?q=%2F&r=/"]
    }

    private static func encode(_ byte: UInt8) -> String {
        let isPlain =
            byte > 0x20 && byte < 0x7F && !"\"#%?\\<>^`{|}".utf8.contains(byte)
        return isPlain ? String(UnicodeScalar(byte)) : alwaysEncode(byte)
    }

    private static func alwaysEncode(_ byte: UInt8) -> String {
        guard byte != UInt8(ascii: "/") else { return "/" }
        return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}

extension HostPattern {
    /// A host that the pattern is for.
    fileprivate var probed: String {
        switch self {
        case .any: "any.invalid"
        case .name(let name): name.value
        case .wildcard(let parent): "one." + parent.value
        }
    }
}

extension String {
    /// Upper case where it is lower, and the other way; escapes mean the same in both.
    fileprivate var swappingCase: String {
        String(
            map { character in
                let upper = Character(character.uppercased())
                return upper == character ? Character(character.lowercased()) : upper
            }
        )
    }
}
