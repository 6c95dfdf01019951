import Diagnostics
import KubernetesModel
import NginxSyntax

/// The URL of a service that is asked whether requests may pass.
struct ServiceURL: Sendable, Hashable {
    var usesTLS: Bool
    var host: Host
    /// The host as the service is told of it.
    var hostName: Expression
    var port: PortNumber
    /// The path and the query.
    var target: Expression

    enum Host: Sendable, Hashable {
        case service(NamespacedName)
        case address(IPAddress)
        case name(HostName)
        /// That of the request.
        case ofRequest
    }
}

extension ValueParser<ServiceURL> {
    /// `http` or `https`, a host or `$host`, a path and a query with some variables.
    static let serviceURL = ValueParser(
        type: "URL",
        examples: ["http://oauth.auth.svc.cluster.local/check", "https://$host/oauth2/auth"]
    ) { text throws(ValueError) in
        guard let scheme = ["http://", "https://"].first(where: text.hasPrefix) else {
            throw ValueError(reason: "begins with neither 'http://' nor 'https://'")
        }
        let rest = text.dropFirst(scheme.count)
        let authority = Authority(rest.prefix { $0 != "/" && $0 != "?" })
        let path = rest.dropFirst(authority.text.count)
        let usesTLS = scheme == "https://"
        let parts = try Expression.parts(of: path, .ofRequestLine, where: \.isURLCharacter)
        // A URL without a path would have nginx ask for the name that it has for the question itself.
        let target = Expression(parts: (path.hasPrefix("/") ? [] : [.literal("/")]) + parts)
        let (host, name) = (try authority.host, try authority.name)
        let port = try authority.port(orElse: usesTLS ? 443 : 80)
        guard let target, let name else { throw ValueError(reason: "is too long") }
        return ServiceURL(usesTLS: usesTLS, host: host, hostName: name, port: port, target: target)
    }
}

/// The part of a URL that names a host and a port.
private struct Authority {
    let text: Substring
    private let hostText: String

    init(_ text: Substring) {
        self.text = text
        hostText = String(text.prefix { $0 != ":" })
    }

    private var isOfRequest: Bool { hostText == "$host" || hostText == "${host}" }

    var name: Expression? {
        get throws(ValueError) {
            isOfRequest
                ? Expression(.host)
                : Expression(
                    literal: String(hostText.hasSuffix(".") ? hostText.dropLast() : hostText[...]).lowercased()
                )
        }
    }

    func port(orElse usual: Int) throws(ValueError) -> PortNumber {
        let digits = text.dropFirst(hostText.count)
        guard !digits.isEmpty else { return try checked(PortNumber(usual)) }
        guard digits.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return try checked(nil) }
        return try checked(Int(digits.dropFirst()).flatMap(PortNumber.init))
    }

    private func checked(_ port: PortNumber?) throws(ValueError) -> PortNumber {
        guard let port else {
            throw ValueError(reason: "has '\(String(text.dropFirst(hostText.count + 1)).excerpt)' for a port")
        }
        return port
    }

    var host: ServiceURL.Host {
        get throws(ValueError) {
            guard !hostText.isEmpty else { throw ValueError(reason: "is a URL without a host") }
            guard !isOfRequest else { return .ofRequest }
            guard !hostText.contains("$") else {
                throw ValueError(reason: "takes its host from the request by another variable than '$host'")
            }
            switch ExternalTarget(hostText) {
            case .address(let address): return .address(address)
            case .unusable(let reason):
                throw ValueError(reason: "has the host '\(hostText.excerpt)', which is \(reason)")
            case .name(let name): return Self.service(name).map(ServiceURL.Host.service) ?? .name(name)
            }
        }
    }

    /// The Service that a name of the cluster stands for.
    private static func service(_ host: HostName) -> NamespacedName? {
        var labels = host.value.split(separator: ".")
        if labels.suffix(2) == ["cluster", "local"] { labels.removeLast(2) }
        guard labels.count == 3, labels[2] == "svc" else { return nil }
        return NamespacedName(namespace: String(labels[1]), name: String(labels[0]))
    }
}
