import NginxSyntax
import ProxyConfiguration

extension Location {
    /// The name of the backend in the access log, as the map in `nginx.tmpl` finds it for a request that reaches one.
    var loggedBackend: BackendName? {
        if let backendName { return backendName }
        guard case .proxy(let proxying) = action else { return nil }
        return proxying.backends.primary.logName
    }
}

extension AccessLog {
    /// The condition on which requests are logged.
    var declarations: [SharedDeclaration] {
        guard !unloggedURIs.isEmpty, let uri = VariableName("request_uri"), let loggable = VariableName("loggable"),
            let no = Expression(literal: "0"), let yes = Expression(literal: "1")
        else { return [] }
        let entries = [(MapKey.fallback, yes)] + unloggedURIs.map { ($0, no) }
        return [
            SharedDeclaration(
                .map(MapContext(Expression(uri), entries)),
                of: .log,
                as: loggable,
                comment: CommentText(known: "Requests that are not logged.")
            )
        ]
    }
}
