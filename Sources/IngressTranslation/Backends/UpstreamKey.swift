import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import TextCoding

/// The key of an upstream: a port of a Service, and a policy for its servers.
struct UpstreamKey: Sendable, Hashable, Comparable {
    var service: NamespacedName
    /// The port's number, or the name that an Ingress gives it where the Service is unknown.
    var port: String
    /// `nil` for the way that holds everywhere.
    var policy: UpstreamPolicy?

    init(service: NamespacedName, port: String, policy: UpstreamPolicy? = nil) {
        self.service = service
        self.port = port
        self.policy = policy
    }

    /// The port for itself, however its servers are asked.
    var ofPort: UpstreamKey { UpstreamKey(service: service, port: port) }

    /// Whether its servers may be asked in a way that no reference names: as a canary's are.
    var isUnusual: Bool { policy != nil }

    /// The upstream of the same port to which requests travel otherwise.
    ///
    /// - Parameter balancing: How servers are chosen where no policy says it.
    func travelling(by transport: BackendTransport, otherwise balancing: LoadBalancing) -> UpstreamKey {
        guard policy?.transport ?? .plain != transport else { return self }
        var key = self
        var policy = policy ?? UpstreamPolicy(balancing: balancing)
        policy.transport = transport
        // What says no more than holds everywhere is the upstream of everybody.
        key.policy = policy == UpstreamPolicy(balancing: balancing) ? nil : policy
        return key
    }

    /// The upstream of the same port at whose servers clients are kept.
    func keepingClients(by rule: SessionRule, otherwise balancing: LoadBalancing) -> UpstreamKey {
        var key = self
        key.policy = key.policy ?? UpstreamPolicy(balancing: balancing)
        key.policy?.balancing = .session(rule)
        return key
    }

    static func < (left: Self, right: Self) -> Bool {
        if left.service.namespace != right.service.namespace { return left.service.namespace < right.service.namespace }
        if left.service.name != right.service.name { return left.service.name < right.service.name }
        guard left.port == right.port else {
            return (left.port.utf8.count, left.port) < (right.port.utf8.count, right.port)
        }
        return (left.policy?.description ?? "") < (right.policy?.description ?? "")
    }

    /// The name in nginx: a hash, then what a person reads, such as `9x2kq7_shop_web_80`.
    ///
    /// For each `proxy_pass` nginx compares names from their first byte with all upstreams of the same length, so
    /// names that differ early make large configurations load in a third of the time. Names of Kubernetes hold no
    /// `_` and no capital letters, in spite of which nginx takes names for equal: `nil` for those that do.
    /// Behind the port stands a hash of the policy, if there is one.
    var upstreamName: Identifier? {
        guard [service.namespace, service.name, port].allSatisfy({ $0.utf8.allSatisfy(Self.isNameByte) }) else {
            return nil
        }
        let plain = "\(service.namespace)_\(service.name)_\(port)"
        let text = policy.map { "\(plain)_\(String($0.description.utf8.stableHash, radix: 36))" } ?? plain
        return Identifier("\(Self.hash(text))_\(text)")
    }

    /// Whether the access log can tell the Service and its port from the name.
    var isReadable: Bool { policy == nil }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// FNV-1a, as six digits of base 36.
    private static func hash(_ text: String) -> String {
        var hash: UInt32 = 0x811C_9DC5
        for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        let digits = String(hash, radix: 36)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits.suffix(6)
    }
}
