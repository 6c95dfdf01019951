import KubernetesModel
import NginxSyntax

/// The hosts that an Ingress may name.
enum HostRule {
    /// A breach of the rules for hosts, and the text to write instead.
    struct Violation {
        var text: String
        var hint: String?

        fileprivate init(_ text: String, hint: String? = nil) {
            self.text = text
            self.hint = hint
        }
    }

    private static let longest = 253

    /// Returns what is wrong with a host, or `nil`.
    ///
    /// Letters may be of either case: host names do not depend on it.
    static func violation(of host: String) -> Violation? {
        let lowercased = host.lowercased()
        if IPAddress(host) != nil {
            return Violation("a host cannot be an IP address")
        }
        guard lowercased.utf8.allSatisfy({ $0 < 0x80 }) else { return foreign(lowercased) }
        let isWildcard = lowercased.hasPrefix("*.")
        guard isWildcard || !lowercased.contains("*") else {
            return Violation("'*' can only be the whole first label of a host, as in '*.example.com'")
        }
        guard lowercased.utf8.count <= longest else {
            return Violation("this host has \(lowercased.utf8.count) characters, and DNS carries \(longest)")
        }
        guard NameRule.subdomain.allows(isWildcard ? String(lowercased.dropFirst(2)) : lowercased) else {
            return Violation(
                isWildcard
                    ? "this is not a wildcard host: '*.' and a domain name"
                    : "this is not a host name: letters, digits, '-' and '.', without a scheme, a port or a path"
            )
        }
        return nil
    }

    /// Letters of other alphabets have a form of their own in DNS.
    private static func foreign(_ host: String) -> Violation {
        let encoded = Punycode.hostName(host).flatMap { violation(of: $0) == nil ? $0 : nil }
        return Violation(
            "this is not a host name as DNS carries it: it holds letters beyond 'a' to 'z'",
            hint: encoded.map { "write '\($0)', which browsers ask for" }
        )
    }
}
