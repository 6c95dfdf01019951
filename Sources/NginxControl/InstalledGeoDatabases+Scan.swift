import Foundation
package import IngressTranslation
import NginxSyntax
import ProxyConfiguration

extension InstalledGeoDatabases {
    /// The databases that lie in a folder; none where there is no such folder.
    ///
    /// Of two of a kind the one counts that MaxMind sells, since it knows more.
    package init(scanning folder: String) {
        self.init(in: folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var found: [GeoDatabase.Kind: (database: GeoDatabase, isFree: Bool)] = [:]
        for name in names.sorted() {
            guard let (kind, isFree) = GeoDatabase.Kind.of(file: name) else { continue }
            let path = "\(folder)/\(name)"
            guard MaxMindFile.isDatabase(at: path), let file = FilePath(path) else {
                unusable.append(name)
                continue
            }
            if found[kind].map(\.isFree) ?? true { found[kind] = (GeoDatabase(kind, at: file), isFree) }
        }
        databases = GeoDatabase.Kind.allCases.compactMap { found[$0]?.database }
    }
}
