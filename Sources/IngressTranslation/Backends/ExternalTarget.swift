import NginxSyntax

/// The target of an ExternalName Service.
///
/// Whatever may lead to the proxy's own machine, or to what only that reaches, is unusable: an Ingress could reach what
/// listens there, or nginx itself. A name is resolved while serving, by whoever `--resolver` names.
enum ExternalTarget: Hashable {
    case address(IPAddress)
    case name(HostName)
    /// The end of a sentence: "which is …".
    case unusable(String)

    init(_ written: String) {
        let name = written.hasSuffix(".") ? String(written.dropLast()) : written
        if let address = IPAddress(name) {
            self = address.specialUse.map { .unusable($0.description) } ?? .address(address)
        } else if let host = HostName(name) {
            self = host.isOwnMachine ? .unusable("a name of this machine") : Self.readsAsNumber(host)
        } else {
            self = .unusable("no host name and no address")
        }
    }

    /// `127.1`, `0x7f.1` and `0` are addresses for some who resolve names, and no names for anybody.
    private static func readsAsNumber(_ host: HostName) -> ExternalTarget {
        let last = host.value.split(separator: ".").last ?? ""
        let isHexadecimal = last.hasPrefix("0x") && last.dropFirst(2).allSatisfy(\.isHexDigit)
        return isHexadecimal || last.allSatisfy(\.isNumber) ? .unusable("a number, and no host name") : .name(host)
    }
}

extension HostName {
    /// Whether it is one of the names that `/etc/hosts` has for the machine itself.
    ///
    /// See [RFC 6761](https://www.rfc-editor.org/rfc/rfc6761#section-6.3).
    fileprivate var isOwnMachine: Bool {
        let labels = value.split(separator: ".")
        let own: Set<Substring> = [
            "broadcasthost", "ip6-allnodes", "ip6-allrouters", "ip6-localhost", "ip6-localnet", "ip6-loopback",
            "ip6-mcastprefix", "localdomain", "localdomain4", "localdomain6", "localhost", "localhost4", "localhost6",
        ]
        return labels.last.map(own.contains) ?? false
    }
}
