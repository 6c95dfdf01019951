import Incremental
import NginxSyntax
import ProxyConfiguration
import TextCoding

/// Request targets at and around the paths of one server.
struct EdgeTargets {
    /// Each path, with and without its slash, one segment longer and one character longer.
    private(set) var essential = ["/"]
    /// Other ways to write them, and others that are near.
    private(set) var further = ["/nowhere", "/?q=1"]
    /// Paths that answer preflights, with origins that are allowed and one that is on no list.
    private(set) var preflights: [(target: String, origin: String)] = []

    init(of server: VirtualServer, samples: [String]) {
        var hasExpression = false
        var policies: Set<CORSPolicy> = []
        for location in server.locations {
            let path: String
            switch location.path {
            case .exact(let exact): path = exact.value
            case .prefix(let prefix): path = prefix.value
            case .expression(let expression):
                hasExpression = true
                path = expression.literalPrefix
            }
            add(around: path)
            if let policy = location.policy.cors, policies.insert(policy).inserted {
                let target = Request.target(for: path.utf8)
                preflights += policy.probedOrigins.map { (target, $0) }
            }
        }
        if hasExpression {
            for sample in samples { add(aroundEncoded: sample) }
        }
    }

    private mutating func add(around path: String) {
        add(aroundEncoded: Request.target(for: path.utf8))
        guard path.count > 1 else { return }
        further.append(Request.target(for: path.dropLast().utf8))
        further.append(String(decoding: path.utf8.percentEncoded { $0 != UInt8(ascii: "/") }, as: UTF8.self))
    }

    private mutating func add(aroundEncoded target: String) {
        let path = String(target.prefix { $0 != "?" })
        let query = String(target.dropFirst(path.count))
        essential += [path + query, path + "x" + query]
        if path.hasSuffix("/"), path != "/" { essential.append(String(path.dropLast()) + query) }
        let longer = [path + "/", path + "/x"].map { $0 + query }
        // Below a slash these are the paths with one slash too many.
        if path.hasSuffix("/") { further += longer } else { essential += longer }
        further += [
            path + "//x", path + "/./x", path + "/../x", "/" + path, "/x" + path, path + "%2Fx", path + "%0A",
            path.swappingCase, path.replacing("/", with: "//"),
        ].map { $0 + query }
        further.append(path + "?q=%2F&r=/")
    }
}

extension CORSPolicy {
    fileprivate var probedOrigins: [String] {
        let unlisted = "https://unlisted.invalid"
        switch origins {
        case .every: return [unlisted]
        case .listed(let list): return list.patterns.prefix(4).map(\.example) + [unlisted]
        }
    }
}

extension RegularExpression {
    /// The text that every match begins with, as far as the pattern spells it out; at least `/`.
    fileprivate var literalPrefix: String {
        guard !pattern.contains("|") || pattern.contains("(") else { return "/" }
        let special = "\\^$.[]|()?*+{}"
        var text = pattern.prefix { !special.contains($0) }
        // What follows says how often the last character stands there, perhaps never.
        if let next = pattern[text.endIndex...].first, "?*{".contains(next) { text.removeLast() }
        return text.hasPrefix("/") ? String(text) : "/"
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
