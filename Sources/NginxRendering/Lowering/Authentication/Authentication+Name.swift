import Crypto
import NginxSyntax
import ProxyConfiguration
import TextCoding

extension Authentication {
    /// Another name for each two that may have different answers, and the same one always.
    ///
    /// It is part of the key of cached answers, which outlive the configuration: what nothing tells apart would have
    /// the answers of another service, or of another path.
    ///
    /// - Parameter cors: What a redirect to sign in says beside.
    func name(at path: PathMatch, for cors: CORSPolicy?) -> Identifier? {
        var hash = SHA256()
        for part in parts + (cache == nil ? [] : ["\(path)"]) + (cors.map { ["\(LoweredCORS($0).headers)"] } ?? []) {
            // Each is preceded by its length, so that no two lists give the same bytes.
            hash.update(data: Array("\(part.utf8.count) \(part) ".utf8))
        }
        return Identifier(hash.finalize().prefix(8).hexadecimal)
    }

    /// All that is said of it, as nginx reads it.
    private var parts: [String] {
        ["\(service)", "\(usesTLS)", "\(host)", "\(target)", "\(method?.value ?? "")", "\(settings)"]
            + requestHeaders.headers.flatMap { [$0.name.lowercased, "\($0.value)"] }
            + ["", redirect?.description ?? "", "\(alwaysSetsCookies)", signIn?.description ?? ""]
            + responseHeaders.map(\.lowercased)
            + ["", cache?.key.description ?? ""]
            + (cache?.validity.flatMap { ["\($0.statuses)", "\($0.time)"] } ?? [])
    }
}
