import Diagnostics
import KubernetesModel
import NginxSyntax

/// Who a snippet has bytes passed to: `db:5432`, `db.shop.svc.cluster.local:5432`, `192.0.2.1:5432`.
enum StreamSnippetHost: Sendable, Hashable {
    /// A Service, by the name that it has in the cluster; without a namespace it is one of the snippet's own.
    case service(String, namespace: String?, PortNumber)
    /// A Service where there is such a one, else another host: `db.shop` may be either.
    case either(NamespacedName, PortNumber)
    /// An address, or a name that is no Service's.
    case host(String, PortNumber)

    init(_ text: String) throws(SnippetRefusal) {
        let advice = "name a Service and its port, such as db.shop.svc:5432"
        guard !text.hasPrefix("unix:") else {
            throw SnippetRefusal("it leads to a file of the machine", advice: advice)
        }
        guard !text.contains("$") else {
            throw SnippetRefusal("what comes of '\(text.excerpt)' is not known before", advice: advice)
        }
        guard let colon = text.lastIndex(of: ":"), let port = Self.port(text[text.index(after: colon)...]) else {
            throw SnippetRefusal("'\(text.excerpt)' is no host with a port", advice: advice)
        }
        var name = String(text[..<colon])
        if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
        if case .unusable(let reason) = ExternalTarget(name) {
            throw SnippetRefusal("'\(text.excerpt)' is \(reason)", advice: advice)
        }
        let labels = name.lowercased().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if IPAddress(name) != nil {
            self = .host(name, port)
        } else if labels.count == 1 {
            self = .service(labels[0], namespace: nil, port)
        } else if labels.count > 2, labels[2] == "svc" {
            self = .service(labels[0], namespace: labels[1], port)
        } else if labels.count == 2, !labels[1].isEmpty {
            self = .either(NamespacedName(namespace: labels[1], name: labels[0]), port)
        } else {
            self = .host(name, port)
        }
    }

    static func port(_ text: some StringProtocol) -> PortNumber? {
        guard let number = Int(text), "\(number)" == text else { return nil }
        return PortNumber(number)
    }
}
