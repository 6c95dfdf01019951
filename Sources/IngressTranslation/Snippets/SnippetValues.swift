import Incremental
import NginxSyntax
import ProxyConfiguration

/// What the snippets of an Ingress, and of the ConfigMaps above it, ask for.
struct SnippetValues: Sendable, Hashable {
    /// Whether those of Ingresses count.
    var areAllowed = false
    /// For the paths of the Ingress.
    var configuration: ByReference<Snippet>?
    /// For the paths of all Ingresses that a ConfigMap is for.
    var locationsOfAll: ByReference<Snippet>?
    /// For the hosts of the Ingress.
    var server: ByReference<Snippet>?
    var serversOfAll: ByReference<Snippet>?
    /// For all of http.
    var http: ByReference<Snippet>?
    /// For the service of the Ingress that is asked, and for that of all.
    var question: ByReference<Snippet>?
    var questionsOfAll: ByReference<Snippet>?
    /// For nginx's processes.
    var main: ByReference<Snippet>?
    /// For the ports of TCP and UDP that the Ingress opens.
    var stream: ByReference<Snippet>?
    /// For all ports of TCP and UDP.
    var streamsOfAll: ByReference<Snippet>?

    /// For the paths of the Ingress, of all sources; `nil` where none asks for anything.
    var ofLocations: Snippet? {
        guard let locationsOfAll else { return configuration?.value }
        return configuration.map { locationsOfAll.value.followed(by: $0.value) } ?? locationsOfAll.value
    }

    /// Whether it depends on where clients come from.
    var looksAtAddresses: Bool {
        [configuration, locationsOfAll, server, serversOfAll].contains { !($0?.value.access.isEmpty ?? true) }
    }
}

extension ValueParser<ByReference<Snippet>> {
    /// Directives of nginx for one kind of block.
    ///
    /// - Parameter examples: Snippets that are taken whole.
    static func snippet(_ place: SnippetReader.Place, examples: [String]) -> ValueParser {
        ValueParser(type: "directives", examples: examples, write: { _ in "directives" }) { text throws(ValueError) in
            ByReference(try SnippetReader.read(text, at: place))
        }
    }
}

extension LocationPolicy {
    /// Adds what a snippet asks for; its headers stand in place of others of their names.
    mutating func take(_ snippet: Snippet, redirectingBy redirects: RedirectValues, namesPort: Bool) {
        if snippet.responseHeaders != ResponseHeaders() {
            responseHeaders = (responseHeaders ?? ResponseHeaders()).with(snippet.responseHeaders)
        }
        if snippet.requestHeaders != RequestHeaders() {
            requestHeaders = (requestHeaders ?? RequestHeaders()).overridden(by: snippet.requestHeaders)
        }
        if !snippet.access.isEmpty {
            var access = access ?? AccessPolicy()
            access.rules = snippet.access
            self.access = access
        }
        if !snippet.script.isEmpty {
            let script = snippet.script.redirecting(isRelative: redirects.isRelative, namesPort: namesPort)
            self.script = ByReference(script)
        }
        if snippet.isUnlogged { isLogged = false }
    }
}

extension RequestScript {
    /// The same where redirects to a path name the scheme and the host by which clients have asked.
    func redirecting(isRelative: Bool, namesPort: Bool) -> RequestScript {
        var script = self
        let port: [Expression.Part] = namesPort ? [.literal(":"), .variable(.serverPort)] : []
        func whole(_ act: RequestAct) -> RequestAct {
            guard case .redirect(let status, to: let url) = act, url.isPath else { return act }
            // The path of a request may begin like the name of another host.
            if isRelative, case .literal = url.parts.first { return act }
            let parts = [.variable(.scheme), .literal("://"), .variable(.requestHost)] + port + url.parts
            return Expression(parts: parts).map { .redirect(status, to: $0) } ?? act
        }
        script.steps = steps.map { step in
            switch step {
            case .act(let act): .act(whole(act))
            case .test(let test, let acts): .test(test, acts.map(whole))
            }
        }
        return script
    }
}

extension Expression {
    fileprivate var isPath: Bool {
        switch parts.first {
        case .literal(let text): text.hasPrefix("/")
        case .variable(let name): name == .requestURI
        case nil: false
        }
    }
}
