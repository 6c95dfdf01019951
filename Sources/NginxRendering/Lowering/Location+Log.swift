import NginxSyntax
import ProxyConfiguration

extension Location {
    /// The name of the backend in the access log; `nil` where there is none.
    var loggedBackend: BackendName? {
        if let backendName { return backendName }
        guard case .proxy(let proxying) = action else { return nil }
        return proxying.backends.primary.logName
    }
}

extension AccessLog {
    /// The condition on which requests are logged.
    var declarations: [SharedDeclaration] {
        guard !unloggedURIs.isEmpty else { return [] }
        let unlogged = unloggedURIs.map { ($0, Expression(known: "0")) }
        return [
            SharedDeclaration(
                .map(MapContext(Expression(.requestURI), [(.fallback, Expression(known: "1"))] + unlogged)),
                of: .log,
                as: VariableName(known: "loggable"),
                comment: CommentText(known: "Requests that are not logged.")
            )
        ]
    }
}
