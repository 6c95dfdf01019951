import Diagnostics
import NginxRendering
import ProxyConfiguration
import Template
import TextDiff

/// The difference between the generation that serves and what manifests come to.
///
/// A state folder keeps no manifests, so that no routes can be compared: only files.
struct ServedDiff: Encodable {
    var version = 1
    var generation: String
    var newGeneration: String
    var unifiedDiff: String
    /// The private files that differ, appear or vanish, and how.
    var files: [String]

    init(from served: ServedGeneration, to result: Pipeline.Result, newName: String) {
        generation = served.id.printable
        newGeneration = result.generation.id
        let users = BackendUsers(result.configuration)
        let origins = result.generation.origins
        let diff = TextDiff(
            old: served.text.printableLines,
            new: result.generation.configurationText.printableLines
        )
        unifiedDiff = diff.unified(
            oldName: "\(served.folder)/nginx.conf".printable,
            newName: "\(newName)/nginx.conf".printable
        ) { hunk in
            let found = hunk.lines.compactMap { line -> ObjectReference? in
                // Of a line that has gone it is not known any more.
                guard case .added(_, let number) = line, !line.text.isEmpty else { return nil }
                return origins[number]
            }
            let names = Set(found).sorted().map(users.describe)
            return names.isEmpty ? nil : names.joined(separator: ", ")
        }
        let new = Dictionary(
            result.generation.files.filter { $0.path != "nginx.conf" && $0.path != Generation.markFile }
                .map { ($0.path, $0.digest) }
        ) { first, _ in first }
        let old = served.digests.filter { $0.key != Generation.markFile }
        files = Set(old.keys).union(new.keys).sorted().compactMap { path in
            guard old[path] != new[path] else { return nil }
            let change = old[path] == nil ? "appears" : new[path] == nil ? "vanishes" : "changes"
            return "\(path.printable) \(change)"
        }
    }

    var isEmpty: Bool { unifiedDiff.isEmpty && files.isEmpty }

    var text: String {
        let heading =
            "generation \(generation) serves; its manifests are not known, so that files are compared and no routes"
        return ([heading] + files + [unifiedDiff]).joined(separator: "\n")
    }
}
