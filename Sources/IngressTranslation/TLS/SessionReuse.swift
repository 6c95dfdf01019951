import Diagnostics
import NginxSyntax

extension NginxVersion {
    /// Whether a session of TLS 1.3 that one host began may go on at another, whose certificates of clients are others
    /// ([CVE-2025-23419](https://nginx.org/en/security_advisories.html)).
    var mixesSessionsOfHosts: Bool {
        self < NginxVersion(1, 26, 3) || (NginxVersion(1, 27, 0)..<NginxVersion(1, 27, 4)).contains(self)
    }
}

extension Diagnostic {
    /// The finding on hosts that ask for certificates of clients, where nginx may let in who showed one elsewhere.
    static func sessionsMixed(_ version: NginxVersion) -> Diagnostic {
        Diagnostic(
            .note,
            code: "tls-sessions-mixed",
            "hosts ask for certificates of clients, and nginx \(version) lets in who began a TLS session at another host, "
                + "unless its packager has mended that (CVE-2025-23419)",
            hint: "use nginx 1.26.3 or newer, or a package with the fix, as those of Debian 12 have it"
        )
    }
}
