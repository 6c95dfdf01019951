import Commands
import Crypto
import Diagnostics
import Foundation
import NginxRendering
import TextCoding
import TextDiff

/// The files of an `expected` folder, by name.
struct ExpectedFiles: Equatable {
    var texts: [String: String]

    /// The files of a fixture's result: no key, and of other secret files only the digest.
    ///
    /// - Parameter baseline: The configuration of which `nginx.conf` shows only what differs; `nil` for that one itself.
    init(_ result: Pipeline.Result, besides baseline: String?) {
        let configuration = result.generation.configurationText
        let others = result.generation.files.filter { $0.path != "nginx.conf" }.sorted { $0.path < $1.path }
        texts = [
            "nginx.conf": baseline.map { ConfigurationExcerpt(of: configuration, besides: $0).text } ?? configuration,
            "files.txt": others.map(Self.line).joined(),
            "diagnostics.txt": result.diagnostics.map { $0.text + "\n" }.joined(),
        ]
    }

    /// The files in a folder; none if there is no folder.
    init(in folder: URL) throws {
        texts = [:]
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path(of: folder))) ?? []
        for name in names { texts[name] = try String(contentsOf: folder.appending(path: name), encoding: .utf8) }
    }

    /// Makes the folder hold these files and no others.
    func write(to folder: URL) throws {
        if FileManager.default.fileExists(atPath: path(of: folder)) { try FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in texts { try Data(text.utf8).write(to: folder.appending(path: name)) }
    }

    /// The unified diff from these files to others; empty if they are equal.
    func difference(to others: ExpectedFiles) -> String {
        Set(texts.keys).union(others.texts.keys).sorted().map { name in
            let (old, new) = (texts[name], others.texts[name])
            let diff = TextDiff(old: old ?? "", new: new ?? "").unified(
                oldName: old == nil ? "/dev/null" : "expected/\(name)",
                newName: new == nil ? "/dev/null" : "actual/\(name)"
            )
            // A file that is there and empty is not one that is missing.
            return diff.isEmpty && (old == nil) != (new == nil)
                ? "\(name): \(old == nil ? "not expected" : "missing")\n" : diff
        }.joined()
    }

    private static func line(for file: Generation.File) -> String {
        let digest = SHA256.hash(data: file.content.bytes).hexadecimal
        return "\(String(file.content.mode, radix: 8)) sha256:\(digest) \(file.path)\n"
    }
}
