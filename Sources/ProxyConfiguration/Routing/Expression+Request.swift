package import NginxSyntax

extension Expression {
    /// The variables of a request that an expression may name where no other part of the configuration sets one, and
    /// that no client can fill with the name of another host.
    package static let requestVariables: Set<String> = [
        "args", "document_uri", "host", "is_args", "query_string", "request_uri", "scheme", "uri",
    ]

    /// The text for a request; a variable that is none of ``requestVariables``, nor stands for a part of a URL, is empty.
    func value(for request: Request, to host: RequestHost, _ target: RequestTarget) -> String {
        let query = target.query ?? ""
        return parts.map { part in
            switch part {
            case .literal(let text): text
            case .variable(let name):
                switch name.value {
                case "args", "query_string": query
                case "is_args": query.isEmpty ? "" : "?"
                case "document_uri", "uri": String(decoding: target.path, as: UTF8.self)
                case "request_uri": request.originalTarget
                case "host": host.text
                case "scheme": request.scheme.rawValue
                case "https_uri": request.targetWithoutSlash
                case "requested_host": request.forwardedHost ?? request.host
                default: ""
                }
            }
        }.joined()
    }
}
