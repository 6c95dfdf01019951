import Incremental
import NginxSyntax
import ProxyConfiguration

/// What a log has of the request that is explained, beside what is explained.
struct LoggedAnswer: Encodable {
    var status: Int?
    var upstream: String?
    var endpoints: [String]
    /// Whether that is what is explained; `nil` where it depends on more than the request.
    var agrees: Bool?
    var text: String
    /// Other hosts that the line may be about, since its format names none.
    var otherHosts: [String]

    init(_ logged: LoggedRequest, _ candidate: LogReader.Candidate, others: [String], in table: RouteTable) {
        (status, upstream, endpoints) = (logged.status, logged.upstream, logged.addresses)
        (agrees, otherHosts) = (candidate.agrees, others)
        var words = [logged.status.map { "\($0)" } ?? "a status that is not logged"]
        if let upstream { words.append("from \(upstream)") }
        if let canary = logged.canary { words.append("by its canary \(canary)") }
        if !logged.addresses.isEmpty { words.append("at \(logged.addresses.joined(separator: ", "))") }
        let verdict =
            switch candidate.agrees {
            case true: "as explained"
            case false: "which is not what is explained"
            case nil: "which depends on more than the request"
            }
        text = words.joined(separator: " ") + ": " + verdict
        let known = table.location(of: candidate.decision)?.backends.flatMap { table.addresses(of: $0) } ?? []
        let gone = logged.addresses.filter { !known.contains($0) }
        if agrees == true, !known.isEmpty, !gone.isEmpty {
            text +=
                "; \(gone.joined(separator: ", ")) \(gone.count == 1 ? "is no endpoint" : "are no endpoints") of it now"
        }
        if !others.isEmpty {
            let shown = others.prefix(5).joined(separator: ", ") + (others.count > 5 ? ", …" : "")
            text += "; the log names no host, and it may as well be \(shown)"
        }
    }
}

extension RouteTable {
    fileprivate func addresses(of backend: Backend) -> [String] {
        guard case .upstream(let name) = backend else { return [] }
        return upstreams[name].map { servers(of: $0).map(\.description) } ?? []
    }
}
