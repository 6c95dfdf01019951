package import CurlTestSupport
import EchoBackend

/// One thing that must hold of an answer.
package enum ResponseCheck: Sendable, Hashable {
    /// The name of the backend that answered; `nil` if none may have.
    case backend(String?)
    /// The request target as the backend saw it.
    case uri(String)
    case status(Int)
    /// A header of the answer, repeated ones joined with `, `; `nil` if it must be absent.
    case header(String, String?)
    /// A header as the backend saw it; `nil` if it must be absent.
    case upstreamHeader(String, String?)
    /// A common name or alternative name of the certificate.
    case certificate(String)

    /// The difference that was found; `nil` if the check holds.
    package func mismatch(in response: CurlResponse) -> String? {
        let echo = response.echo
        switch self {
        case .backend(let expected): return difference("backend", expected, echo?.backend)
        case .uri(let expected): return difference("uri", expected, echo?.uri)
        case .status(let expected): return difference("status", String(expected), String(response.status))
        case .header(let name, let expected):
            let values = response.headers(name)
            return difference("header \(name)", expected, values.isEmpty ? nil : values.joined(separator: ", "))
        case .upstreamHeader(let name, let expected):
            guard let echo else { return "upstream header \(name): no backend answered (status \(response.status))" }
            return difference("upstream header \(name)", expected, echo.header(name))
        case .certificate(let expected):
            guard let certificate = response.certificate else { return "certificate: none was served" }
            let names = Set([certificate.commonName] + certificate.hostNames).sorted().joined(separator: ", ")
            return certificate.names(expected) ? nil : "certificate: expected one for '\(expected)', got '\(names)'"
        }
    }

    private func difference(_ what: String, _ expected: String?, _ actual: String?) -> String? {
        guard expected != actual else { return nil }
        func words(_ text: String?) -> String { text.map { "'\($0)'" } ?? "none" }
        return "\(what): expected \(words(expected)), got \(words(actual))"
    }
}
