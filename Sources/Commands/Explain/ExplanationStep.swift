import NginxSyntax
import ProxyConfiguration

extension Explanation {
    /// One thing that has a part in what becomes of a request, and where it is said.
    struct Step: Encodable {
        /// What it is in the configuration.
        enum Part {
            case server
            case location(PathMatch)
            case trait(RouteTrait.Kind)
            case upstream(Identifier)
            /// That TLS of the host is passed on.
            case passthrough
            case streamUpstream(Identifier)
        }

        var name: String
        var text: String
        var ingress: String?
        /// The annotations, and keys of a ConfigMap, that it comes from.
        var causes: [String]?
        /// Where these, or else what is explained, stand in the manifests.
        var place: String?
        /// Where it stands in `nginx.conf`, as `postern render` prints it: a line, or the first and the last.
        var lines: String?
        var part: Part?

        private enum CodingKeys: String, CodingKey {
            case name, text, ingress, causes, place, lines
        }

        /// For people: what is said, of whom, and where.
        var words: [String] {
            let parts = [text, causes?.joined(separator: ", "), ingress, place, lines.map { "nginx.conf:\($0)" }]
            return parts.compactMap(\.self)
        }
    }
}
