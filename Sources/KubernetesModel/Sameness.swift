import Incremental

extension KubernetesObject {
    package func isSame(as other: Self) -> Bool { self == other }
}

extension Ingress {
    /// By every byte: texts are equal for Unicode where only the way of writing `é` differs, but no paths of nginx are.
    package func isSame(as other: Ingress) -> Bool {
        guard !isCopy(of: other) else { return true }
        return self == other
            && (metadata.isCopy(of: other.metadata)
                || metadata.annotations.hasSameBytes(as: other.metadata.annotations))
            && haveSameBytes(ingressClassName, other.ingressClassName)
            && (rules.sharesStorage(with: other.rules) || zip(rules, other.rules).allSatisfy { $0.isSame(as: $1) })
            && (tls.sharesStorage(with: other.tls) || zip(tls, other.tls).allSatisfy { $0.isSame(as: $1) })
            && zip(defaultBackend.texts, other.defaultBackend.texts).allSatisfy(haveSameBytes)
    }
}

extension Service {
    /// By every byte, as of an Ingress; of a Service only its external name is told to anybody.
    package func isSame(as other: Service) -> Bool {
        isCopy(of: other) || self == other && haveSameBytes(externalName, other.externalName)
    }
}

extension Ingress.Rule {
    fileprivate func isSame(as other: Self) -> Bool {
        haveSameBytes(host, other.host)
            && zip(paths ?? [], other.paths ?? []).allSatisfy { path, other in
                haveSameBytes(path.path, other.path)
                    && zip(Optional(path.backend).texts, Optional(other.backend).texts).allSatisfy(haveSameBytes)
            }
    }
}

extension Ingress.TLS {
    fileprivate func isSame(as other: Self) -> Bool {
        haveSameBytes(secretName, other.secretName) && zip(hosts, other.hosts).allSatisfy(haveSameBytes)
    }
}

extension Ingress.Backend? {
    fileprivate var texts: [String] {
        switch self {
        case .service(let name, .name(let port)): [name, port]
        case .service(let name, .number): [name]
        case .resource(let group, let kind, let name): [group ?? "", kind, name]
        case nil: []
        }
    }
}

extension [String: String] {
    fileprivate func hasSameBytes(as other: Self) -> Bool {
        allSatisfy { key, value in
            guard let index = other.index(forKey: key) else { return false }
            return haveSameBytes(key, other.keys[index]) && haveSameBytes(value, other.values[index])
        }
    }
}

/// Whether two texts that are equal are written with the same bytes.
private func haveSameBytes(_ left: String?, _ right: String?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.utf8.elementsEqual(right.utf8)
}
