import NginxSyntax
import ProxyConfiguration

extension HostPattern {
    /// Reads the host of a rule; empty means any.
    ///
    /// Returns `nil` for what is no host.
    init?(_ host: String) {
        if host.isEmpty {
            self = .any
        } else if host.hasPrefix("*.") {
            guard let parent = HostName(String(host.dropFirst(2))) else { return nil }
            self = .wildcard(under: parent)
        } else {
            guard let name = HostName(host) else { return nil }
            self = .name(name)
        }
    }
}

extension HostName {
    /// The name without its first label; `nil` for a name of one label.
    var parent: HostName? {
        value.firstIndex(of: ".").flatMap { HostName(String(value[value.index(after: $0)...])) }
    }
}
