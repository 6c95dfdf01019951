import ArgumentParser
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// A value of `--load-balance`.
enum LoadBalancingMethod: String, ExpressibleByArgument, CaseIterable {
    case roundRobin = "round_robin"
    case leastConnections = "least_conn"
    case randomTwoLeastConnections = "random_two_least_conn"
    case clientAddress = "ip_hash"

    var method: LoadBalancing {
        switch self {
        case .roundRobin: .roundRobin
        case .leastConnections: .leastConnections
        case .randomTwoLeastConnections: .randomTwoLeastConnections
        case .clientAddress: .clientAddress
        }
    }
}

/// A value of `--upstream-hash-by`: literal text and nginx variables.
struct HashKey: ExpressibleByArgument {
    var expression: Expression

    /// Returns `nil` for a `$` without a name behind it, and for text that nginx cannot carry.
    init?(argument: String) {
        var parts: [Expression.Part] = []
        var rest = Substring(argument)
        while !rest.isEmpty {
            let literal = rest.prefix { $0 != "$" }
            if !literal.isEmpty { parts.append(.literal(String(literal))) }
            rest = rest.dropFirst(literal.count)
            guard rest.popFirst() != nil else { break }
            let isBraced = rest.first == "{"
            if isBraced { rest.removeFirst() }
            let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            rest = rest.dropFirst(name.count)
            guard !isBraced || rest.popFirst() == "}", let variable = VariableName(String(name)) else { return nil }
            parts.append(.variable(variable))
        }
        guard !parts.isEmpty, let expression = Expression(parts: parts) else { return nil }
        self.expression = expression
    }
}

/// A value of `--resolver`: an address, with a port where it is not 53.
struct ResolverAddress: ExpressibleByArgument {
    var address: SocketAddress

    init?(argument: String) {
        var host = Substring(argument)
        var port = Substring("53")
        // A single colon separates a port; more of them are an IPv6 address, whose port stands behind brackets.
        if host.first == "[", let end = host.firstIndex(of: "]") {
            let behind = host[host.index(after: end)...]
            guard behind.isEmpty || behind.first == ":" else { return nil }
            if !behind.isEmpty { port = behind.dropFirst() }
            host = host[host.index(after: host.startIndex)..<end]
        } else if let colon = host.firstIndex(of: ":"), !host[host.index(after: colon)...].contains(":") {
            port = host[host.index(after: colon)...]
            host = host[..<colon]
        }
        guard let address = IPAddress(String(host)), let number = Int(port).flatMap(PortNumber.init) else { return nil }
        self.address = .internet(address, number)
    }
}

/// A value of `--http-port` and `--https-port`.
struct ListenPort: ExpressibleByArgument {
    var number: Int

    init?(argument: String) {
        guard let number = Int(argument), PortNumber(number) != nil else { return nil }
        self.number = number
    }

    /// The port that clients expect for a scheme.
    init(_ scheme: Listener.Scheme) {
        number = scheme == .http ? 80 : 443
    }

    /// The port at which nginx asks for endpoints, beside those that ingress-nginx has.
    static let endpoints = ListenPort(known: 10_244)

    private init(known number: Int) { self.number = number }

    var defaultValueDescription: String { "\(number)" }
}

/// A value of `--annotations-prefix`: a DNS name, as the keys of annotations begin with.
struct AnnotationPrefix: ExpressibleByArgument {
    var text: String

    static let usual = AnnotationPrefix(text: TranslationSettings.usualAnnotationPrefix)

    private init(text: String) { self.text = text }

    init?(argument: String) {
        guard let name = HostName(argument), name.value == argument else { return nil }
        text = argument
    }

    var defaultValueDescription: String { text }
}

/// A length of time as nginx writes it: `500ms`, `30s`, `1h30m`; a number without a unit is seconds.
struct TimeOption: ExpressibleByArgument {
    var span: TimeSpan

    init?(argument: String) {
        guard let span = TimeSpan(argument) else { return nil }
        self.span = span
    }

    init(seconds: UInt16) {
        span = TimeSpan(seconds: seconds)
    }

    var duration: Duration { .milliseconds(span.milliseconds) }

    var defaultValueDescription: String { span.description }
}

extension NamespacedName: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }
}

extension ByteSize: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }
}

extension NginxVersion: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }
}
