import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// The paths of one host as ingress-nginx makes locations of them.
struct OldServer {
    /// Whether every path is taken for the beginning of a regular expression that ignores case, because one path of the
    /// host has an expression or a rewrite.
    let isRegular: Bool
    /// In the order in which nginx tries expressions: the longest first.
    let entries: [(route: WrittenRoute, expression: PathMatch?)]
    private let texts: Set<String>

    /// - Parameters:
    ///   - texts: All paths that Ingresses name for the host, also those that nobody serves.
    ///   - prefix: That of annotations, without the slash.
    init(_ routes: [WrittenRoute], _ texts: Set<String>, prefix: String) {
        let isRegular = routes.contains { $0.makesHostRegular(prefix) }
        self.isRegular = isRegular
        entries = routes.sorted { left, right in
            (left.text.utf8.count, left.text) > (right.text.utf8.count, right.text)
        }.map { route in
            let expression = isRegular ? try? RegularExpression(route.text) : nil
            return (route, expression.map(PathMatch.expression))
        }
        self.texts = texts
    }

    /// Requests that ingress-nginx may send elsewhere than Postern, for a route.
    func suspects(of route: WrittenRoute) -> [String] {
        guard route.text != "/", !isRegular || route.isPlain else { return [] }
        guard isRegular else {
            let short = String(route.text.dropLast())
            return route.text.hasSuffix("/") && !short.isEmpty && !texts.contains(short) ? [short] : []
        }
        let other = route.text.uppercased() == route.text ? route.text.lowercased() : route.text.uppercased()
        return [route.text + "x"] + (other == route.text ? [] : [other])
    }

    /// Whether an Ingress names the path itself.
    func serves(_ path: String) -> Bool { texts.contains(path) }

    /// The answer of ingress-nginx to a path.
    func answer(to path: String) -> Answer {
        guard isRegular else {
            // nginx itself redirects to a location that ends with a slash.
            return texts.contains(path + "/") ? .slash : .unknown
        }
        let bytes = Array(path.utf8)
        let entry = entries.first { $0.expression?.matches(bytes) ?? false }
        return entry.map { .route($0.route) } ?? .nobody
    }

    enum Answer {
        case route(WrittenRoute)
        /// 301 to the same path with a slash.
        case slash
        case nobody
        case unknown
    }
}

extension WrittenRoute {
    /// Whether the path is no expression here.
    fileprivate var isPlain: Bool { if case .expression = route.location.path { false } else { true } }

    fileprivate func makesHostRegular(_ prefix: String) -> Bool {
        let annotations = ingress.metadata.annotations
        if ["true", "True", "TRUE", "t", "T", "1"].contains(annotations["\(prefix)/use-regex"] ?? "") { return true }
        let target = annotations["\(prefix)/rewrite-target"] ?? ""
        return !target.isEmpty && target != text
    }
}
