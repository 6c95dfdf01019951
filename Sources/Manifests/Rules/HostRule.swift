/// The hosts that an Ingress may name.
enum HostRule {
    /// Returns what is wrong with a host, or `nil`.
    ///
    /// Letters may be of either case: host names do not depend on it.
    static func problem(of host: String) -> String? {
        let lowercased = host.lowercased()
        if host.utf8.count > 253 {
            return "a host name has at most 253 characters"
        }
        if IPAddress.version(of: host) != nil {
            return "a host cannot be an IP address"
        }
        if lowercased.hasPrefix("*.") {
            guard NameRule.subdomain.allows(String(lowercased.dropFirst(2))), lowercased.utf8.count <= 253 else {
                return "this is not a wildcard host: '*.' and a domain name"
            }
            return nil
        }
        if lowercased.contains("*") {
            return "'*' can only be the whole first label of a host, as in '*.example.com'"
        }
        guard NameRule.subdomain.allows(lowercased) else {
            return "this is not a host name: letters, digits, '-' and '.', without a scheme, a port or a path"
        }
        return nil
    }
}
