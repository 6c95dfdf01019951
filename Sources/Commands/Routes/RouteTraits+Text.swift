import NginxSyntax
import ProxyConfiguration

extension ResponseHeaders {
    /// `nil` where none is added or hidden.
    var text: String? {
        let parts = added.map { "\($0.name): \($0.value)" } + hidden.map { "no \($0)" }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}

extension [CIDRBlock] {
    var text: String { map(\.description).joined(separator: ", ") }
}

extension PassedHost {
    /// Who gets the connections.
    var text: String { target == nil ? "closed, since nobody can get connections" : "passed on to \(destinationText)" }
}

extension Rewrite {
    var text: String { pattern.map { "\($0.pattern) to \(target)" } ?? "\(target)" }
}

extension ClientLimits {
    var text: String {
        let parts = [
            connections.map { "\($0) connections" },
            perSecond.map { "\($0.requests) requests a second, burst \($0.burst)" },
            perMinute.map { "\($0.requests) requests a minute, burst \($0.burst)" },
            exempt.isEmpty ? nil : "not for \(exempt.text)",
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}

extension BlockedRequests {
    var text: String {
        let parts = [
            networks.isEmpty ? nil : "from \(networks.text)",
            userAgents.isEmpty ? nil : "of \(userAgents.count) user agents",
            referers.isEmpty ? nil : "of \(referers.count) referers",
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}

extension CORSPolicy {
    var text: String {
        let pages: String
        switch origins {
        case .every: pages = "*"
        case .listed(let list): pages = list.patterns.map(\.text).joined(separator: ", ")
        }
        let credentials = allowsCredentials ? ", with credentials" : ""
        return
            "pages of \(pages)\(credentials), methods \(methods.text), headers \(headers.text), for \(maxAgeInSeconds) s"
    }
}

extension SessionCookie {
    var text: String {
        let attributes = [
            path.map { "Path=\($0.value)" }, domain.map { "Domain=\($0.value)" }, maxAge.map { "Max-Age=\($0)" },
            sameSite.map { "SameSite=\($0.rawValue)" }, isSecure ? "Secure" : nil,
        ]
        return ([name.value] + attributes.compactMap(\.self)).joined(separator: "; ")
    }
}

extension ResponseChanges {
    /// `nil` where nothing is changed.
    var text: String? {
        let parts = [("redirects", redirect), ("cookie domains", cookieDomain), ("cookie paths", cookiePath)]
            .compactMap { name, change in
                change.map { "\(name) \($0.arguments.map(\.description).joined(separator: " to "))" }
            }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
