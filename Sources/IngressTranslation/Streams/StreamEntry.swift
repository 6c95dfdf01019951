import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// An entry of a ConfigMap of TCP or UDP services: a port, and the port of the Service that serves it.
struct StreamEntry: Sendable, Hashable {
    var port: PortNumber
    var service: NamespacedName
    var servicePort: Ingress.ServicePort
    var readsProxyLine = false
    var sendsProxyLine = false
    /// Whether it asks for a line of the PROXY protocol, which only TCP has.
    var asksForNoEffect = false

    /// Reads `5432` and `shop/db:5432`, behind which `:PROXY` says that clients send a line of the PROXY protocol, and
    /// another one that the Service gets it; `::PROXY` is the second alone.
    init(_ key: String, _ value: String, over transport: StreamServer.Transport) throws(ValueError) {
        guard let port = Self.port(key) else { throw ValueError(reason: "is not for a port from 1 to 65535") }
        let parts = value.trimmed.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard (2...4).contains(parts.count) else { throw Self.noService }
        guard let service = NamespacedName(parts[0]), service.isPlain else { throw Self.noService }
        guard let servicePort = Self.servicePort(parts[1]) else {
            throw ValueError(reason: "names no port of the Service")
        }
        (self.port, self.service, self.servicePort) = (port, service, servicePort)
        let lines = try parts.dropFirst(2).map { (part) throws(ValueError) in try Self.isProxy(part) }
        let (reads, sends) = (lines.first ?? false, lines.count > 1 && lines[1])
        switch transport {
        case .tcp: (readsProxyLine, sendsProxyLine) = (reads, sends)
        case .udp: asksForNoEffect = reads || sends
        }
    }

    private static let noService = ValueError(reason: "is no Service and port such as shop/db:5432")

    private static func isProxy(_ part: String) throws(ValueError) -> Bool {
        guard !part.isEmpty else { return false }
        guard part.uppercased() == "PROXY" else {
            throw ValueError(reason: "holds '\(part.excerpt)' where only PROXY may stand")
        }
        return true
    }

    private static func port(_ text: String) -> PortNumber? {
        guard let number = Int(text), "\(number)" == text else { return nil }
        return PortNumber(number)
    }

    /// A number, or a [name](https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports).
    private static func servicePort(_ text: String) -> Ingress.ServicePort? {
        if let port = port(text) { return .number(Int(port.value)) }
        let isName = text.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        }
        return (1...63).contains(text.utf8.count) && isName && Int(text) == nil ? .name(text) : nil
    }

    var reference: ServiceReference { ServiceReference(service: service, port: servicePort) }
}

extension NamespacedName {
    /// Whether Kubernetes allows a Service of this name, by which an upstream is named.
    var isPlain: Bool {
        ObjectReference(kind: Service.kind, self) != nil
            && UpstreamKey(service: self, port: "1").upstreamName != nil
    }
}
