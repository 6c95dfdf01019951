import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// The upstreams that have another name than before because their Services do, and serve the same locations.
///
/// Their name stands in each of these locations, where it would hide what else changes.
struct UpstreamRenames {
    /// The new names by the old ones.
    let names: [String: String]

    /// The least number of locations for which it is worth it: a few may as well be shown.
    private static let fewest = 4

    init(from before: Configuration, to after: Configuration) {
        let old = Set(before.upstreams.map(\.name))
        let new = Set(after.upstreams.map(\.name))
        guard old != new else {
            names = [:]
            return
        }
        let (was, now) = (Self.users(in: before), Self.users(in: after))
        let added = now.filter { !old.contains($0.key) }
        let byUsers = Dictionary(added.map { ($0.value, $0.key) }) { first, _ in first }
        var names: [String: String] = [:]
        for (name, users) in was where !new.contains(name) && users.count >= Self.fewest {
            if let other = byUsers[users] { names[name.value] = other.value }
        }
        self.names = names
    }

    /// The locations that each upstream is the first backend of.
    private static func users(in configuration: Configuration) -> [Identifier: Set<Route.Key>] {
        var users: [Identifier: Set<Route.Key>] = [:]
        for server in configuration.servers {
            for location in server.locations {
                guard case .upstream(let name) = location.backends.first else { continue }
                users[name, default: []].insert(Route.Key(host: server.host, path: location.path))
            }
        }
        return users
    }

    /// A line for each, above the differences.
    var notes: String {
        names.sorted { $0.key < $1.key }.map { "# upstream \($0.key) is \($0.value) now\n" }.joined()
    }

    /// An old text with the new names, wherever one stands as a word.
    func applied(to text: String) -> String {
        guard !names.isEmpty else { return text }
        let known = Dictionary(names.map { (Array($0.key.utf8)[...], Array($0.value.utf8)) }) { first, _ in first }
        var result: [UInt8] = []
        let bytes = Array(text.utf8)
        result.reserveCapacity(bytes.count)
        var start = 0
        for index in 0...bytes.count where index == bytes.count || !Self.isOfName(bytes[index]) {
            let word = bytes[start..<index]
            result += known[word] ?? Array(word)
            if index < bytes.count { result.append(bytes[index]) }
            start = index + 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
