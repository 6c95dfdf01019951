import Crypto
import Foundation
import NginxRendering
import TextCoding

/// The content of `generation.json`: the files beside it.
package struct GenerationRecord: Codable, Hashable {
    package struct File: Codable, Hashable {
        /// Relative to the generation's folder.
        package var path: String
        /// That of the content, in hexadecimal; see ``ContentDigest``.
        package var digest: String

        /// Whether the file is in a folder with exactly this content.
        func describes(_ folder: String, _ verified: VerifiedFiles) -> Bool {
            let file = "\(folder)/\(path)"
            return verified.isKnown(file, as: digest) {
                guard let data = FileManager.default.contents(atPath: file) else { return false }
                // An earlier version wrote the plain one of long files too.
                return ContentDigest(of: data).text == digest
                    || data.count > ContentDigest.longest && ContentDigest.plain(data) == digest
            }
        }
    }

    static let fileName = "generation.json"

    var id: String
    /// In the order of which the id is a hash.
    package var files: [File]
    /// The paths of live files, which lie outside of the generation; `nil` for none.
    package var live: [String]?

    init(_ generation: Generation) {
        id = generation.id
        files = generation.files.filter { !$0.isLive }.map { file in
            File(path: file.path, digest: file.digest)
        }
        let live = generation.files.filter(\.isLive).map(\.path)
        self.live = live.isEmpty ? nil : live
    }

    /// The folders of live files, of which a generation has links.
    var liveFolders: [String] {
        Set((live ?? []).compactMap { $0.split(separator: "/").first.map(String.init) }).sorted()
    }

    /// Reads the record in a generation's folder; `nil` where there is none that makes sense.
    package init?(in folder: String) {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(Self.fileName)"),
            let record = try? JSONDecoder().decode(Self.self, from: data)
        else { return nil }
        self = record
    }

    /// The live files that are there for a generation's folder, as they are now.
    package func liveFiles(in folder: String) -> [File] {
        (live ?? []).compactMap { path in
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(path)") else { return nil }
            return File(path: path, digest: SHA256.hash(data: data).hexadecimal)
        }
    }

    var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Strings and lists of them always have a form in JSON.
        return Array((try? encoder.encode(self)) ?? Data()) + [UInt8(ascii: "\n")]
    }

    /// Whether a folder holds exactly what the record says, and leads to the live files that it names.
    func describes(_ folder: String, _ verified: VerifiedFiles) -> Bool {
        files.allSatisfy { $0.describes(folder, verified) }
            && liveFolders.allSatisfy { name in
                let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
                return target == LiveFiles.target(of: name)
            }
    }
}
