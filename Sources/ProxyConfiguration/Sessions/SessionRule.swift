import NginxSyntax
import TextCoding

/// How the clients of an upstream are kept at its servers.
package struct SessionRule: Sendable, Hashable {
    /// The cookie that clients get.
    package var cookie: CookieName
    /// Whether a client stays at its server for as long as there is that server, whichever others come.
    package var isPersistent = false
    /// Whether a client whose server fails stays at the one that answers in its place.
    package var changesOnFailure = false

    package init(_ cookie: CookieName) { self.cookie = cookie }

    /// Whether cookies name servers, and do not only hold a text by which one is found.
    package var namesServers: Bool { isPersistent || changesOnFailure }
}

extension SessionRule: CustomStringConvertible {
    /// The same for no two rules.
    package var description: String {
        cookie.value + (isPersistent ? " persistent" : "") + (changesOnFailure ? " changing" : "")
    }
}

/// The value of a session's cookie: a text by which a server is found, and the mark of the backend that it is of.
package enum SessionValue {
    /// A pattern of the first part; whatever else a client sends is taken for no cookie.
    package static let part = #"[\w.-]{1,64}"#
    /// Stands between the parts, as in the cookies of ingress-nginx.
    package static let separator: Character = "|"

    /// Whether a cookie's value is of a backend with this mark.
    static func isMarked(_ value: String, by mark: String) -> Bool {
        let end = "\(separator)\(mark)"
        let part = value.utf8.dropLast(end.utf8.count)
        return value.hasSuffix(end) && (1...64).contains(part.count) && part.allSatisfy(isPartByte)
    }

    private static func isPartByte(_ byte: UInt8) -> Bool {
        VariableName.isNameByte(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
}

extension Backend {
    /// The mark of the backend in the cookies of its clients, by which it is told from a canary.
    ///
    /// It is the same however servers are asked, so that clients keep theirs when settings change.
    package var sessionMark: String {
        String(sessionName.utf8.stableHash, radix: 36)
    }

    /// The namespace, the Service and its port in the name of an upstream, `9x2kq7_shop_web_80`, that has them.
    private var sessionName: String {
        switch self {
        case .upstream(let name):
            let parts = name.value.split(separator: "_", omittingEmptySubsequences: false)
            return parts.count < 4 ? name.value : parts[1...3].joined(separator: "_")
        case .name(let host, let port): return "\(host):\(port)"
        }
    }
}
