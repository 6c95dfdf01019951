import Foundation
import NginxSyntax
package import ProxyConfiguration

extension CoreRuleSet {
    /// The rules of this machine; `nil` where there are none.
    ///
    /// They are where ingress-nginx has them, or where Debian's package puts them.
    package static func installed() -> CoreRuleSet? {
        at(
            setup: ["/etc/nginx/owasp-modsecurity-crs/crs-setup.conf"],
            rules: "/etc/nginx/owasp-modsecurity-crs/rules"
        )
            ?? at(
                setup: [
                    "/etc/modsecurity/crs/crs-setup.conf",
                    "/etc/modsecurity/crs/REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf",
                ],
                rules: "/usr/share/modsecurity-crs/rules",
                end: "/etc/modsecurity/crs/RESPONSE-999-EXCLUSION-RULES-AFTER-CRS.conf"
            )
    }

    /// - Parameter setup: Files, of which the first has to be there.
    private static func at(setup: [String], rules: String, end: String? = nil) -> CoreRuleSet? {
        let files = FileManager.default
        // It initializes what all others count with.
        guard let first = setup.first, files.fileExists(atPath: first),
            files.fileExists(atPath: "\(rules)/REQUEST-901-INITIALIZATION.conf")
        else { return nil }
        let others = (setup.dropFirst() + [end].compactMap(\.self)).filter { files.fileExists(atPath: $0) }
        let before = others.filter { $0 != end }
        let names = [first] + before + ["\(rules)/*.conf"] + others.filter { $0 == end }
        return CoreRuleSet(names.compactMap(FilePath.init))
    }
}
