import NginxSyntax
import ProxyConfiguration

extension RequestHeaders {
    /// These, and nothing of what a client sends by a name that many backends take for the same: `X_User` for `X-User`.
    ///
    /// nginx drops such headers unless it is told to take them.
    var withoutTwins: RequestHeaders {
        var result = self
        for header in headers where !Self.ofClients.contains(header.name.lowercased) {
            for twin in header.name.twins where !headers.contains(where: { $0.name.isSame(as: twin) }) {
                result.set(RequestHeader(twin, .empty))
            }
        }
        return result
    }

    /// The headers that a client could send by another name as well.
    private static let ofClients: Set<String> = [
        "x-original-forwarded-for", "x-original-forwarded-host", "x-request-id",
    ]
}

extension HeaderName {
    /// The names with `_` in place of one or more `-`; of very many, the one without any `-`.
    fileprivate var twins: [HeaderName] {
        let parts = value.split(separator: "-", omittingEmptySubsequences: false)
        let count = parts.count - 1
        guard count > 0 else { return [] }
        guard count <= 6 else { return HeaderName(value.replacing("-", with: "_")).map { [$0] } ?? [] }
        return (1..<(1 << count)).compactMap { choice in
            var name = String(parts[0])
            for (index, part) in parts.dropFirst().enumerated() {
                name += (choice >> index & 1 == 1 ? "_" : "-") + part
            }
            return HeaderName(name)
        }
    }
}
