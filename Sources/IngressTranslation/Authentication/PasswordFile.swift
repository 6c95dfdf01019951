import Crypto
import Diagnostics
import NginxSyntax
import TextCoding

/// The users of a Secret with hashes of their passwords, as nginx reads them.
///
/// Only lines that nginx can make something of are in it, each written anew. Nothing of them is ever shown.
struct PasswordFile: Sendable, Hashable {
    /// How a Secret holds users.
    enum Form: String, Sendable, Hashable {
        /// A password file in the key `auth`.
        case file = "auth-file"
        /// A hash in a key for each user.
        case map = "auth-map"
    }

    /// A part of a Secret by which nobody enters.
    struct Fault: Sendable, Hashable {
        var key: String
        /// Such as `line 3`.
        var place: String
        /// The end of a sentence about it.
        var reason: String
    }

    private var bytes: [UInt8] = []
    private var users: Set<[UInt8]> = []
    private(set) var count = 0
    private(set) var faults: [Fault] = []

    /// A file without a user.
    init() {}

    /// Reads a password file: lines of a name, a `:` and a hash.
    init(file: SecretBytes) {
        let lines = file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let text = line.prefix { $0 != UInt8(ascii: "\r") }
            guard let first = text.first, first != UInt8(ascii: "#") else { continue }
            let place = "line \(index + 1)"
            guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else {
                faults.append(Fault(key: "auth", place: place, reason: "has no ':' between a name and a hash"))
                continue
            }
            // What may follow behind another one is a comment.
            add(text[..<colon], text[(colon + 1)...].prefix { $0 != UInt8(ascii: ":") }, of: "auth", at: place)
        }
    }

    /// Reads the keys of a Secret as names, and their values as hashes.
    init(map: [String: SecretBytes]) {
        for (name, hash) in map.sorted(by: { $0.key < $1.key }) {
            let end = hash.bytes.lastIndex { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            let text = hash.bytes[..<(end.map { $0 + 1 } ?? hash.bytes.startIndex)]
            add(Array(name.utf8)[...], text, of: name, at: "the key")
        }
    }

    /// nginx takes the first line of a user, whatever it holds.
    private mutating func add(
        _ user: ArraySlice<UInt8>,
        _ hash: ArraySlice<UInt8>,
        of key: String,
        at place: String
    ) {
        func leaveOut(_ reason: String) { faults.append(Fault(key: key, place: place, reason: reason)) }
        guard Self.isName(user) else { return leaveOut("names no user that a client could be") }
        guard users.insert(Array(user)).inserted else { return leaveOut("names a user whom a line above names") }
        guard !hash.starts(with: "{PLAIN}".utf8) else { return leaveOut("holds a password that is not hashed") }
        guard Self.isHash(hash) else { return leaveOut("holds no hash that nginx checks within a second or so") }
        bytes += user + [UInt8(ascii: ":")] + hash + [UInt8(ascii: "\n")]
        count += 1
    }

    /// The text that nginx reads.
    var content: SecretBytes { SecretBytes(bytes) }

    /// The printable facts about it: a fingerprint tells that a password has changed, and nothing of what it is.
    var summary: [String] {
        ["\(count) \(count == 1 ? "user" : "users")", "fingerprint \(SHA256.hash(data: bytes).prefix(8).hexadecimal)"]
    }

    private static func isName(_ user: ArraySlice<UInt8>) -> Bool {
        guard let first = user.first, first != UInt8(ascii: "#"), user.count <= 256 else { return false }
        return user.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: ":") }
    }

    private static func isHash(_ hash: ArraySlice<UInt8>) -> Bool {
        hash.count <= 512 && hashes.firstMatch(in: Array(hash)) != nil
    }

    /// The hashes of nginx's own (`apr1`, `SHA`, `SSHA`), and those that libcrypt has.
    ///
    /// A worker serves nobody while it checks one, so that those are left out that take much longer than is usual.
    private static let hashes = RegularExpression(
        known: #"""
            \A(?:\$apr1\$[./0-9A-Za-z]{1,8}\$[./0-9A-Za-z]{22}\#
            |\{SHA\}[+/0-9A-Za-z]{27}=|\{SSHA\}[+/0-9A-Za-z]{28,200}={0,2}\#
            |\$1\$[./0-9A-Za-z]{1,8}\$[./0-9A-Za-z]{22}\#
            |\$2[abxy]\$(?:0[4-9]|1[0-4])\$[./0-9A-Za-z]{53}\#
            |\$5\$(?:rounds=[1-9][0-9]{3,5}\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{43}\#
            |\$6\$(?:rounds=[1-9][0-9]{3,5}\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{86}\#
            |\$y\$j[5-9A]T\$[./0-9A-Za-z]{1,86}\$[./0-9A-Za-z]{43}\#
            |[./0-9A-Za-z]{13})\z
            """#
    )
}
