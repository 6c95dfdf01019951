import Crypto
import Foundation
import NginxRendering
import TextCoding

/// The content of `generation.json`: the files beside it.
package struct GenerationRecord: Codable, Hashable {
    package struct File: Codable, Hashable {
        /// Relative to the generation's folder.
        package var path: String
        /// The SHA-256 of the content, in hexadecimal.
        package var digest: String

        /// Whether the file is in a folder with exactly this content.
        func describes(_ folder: String) -> Bool {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(path)") else { return false }
            return SHA256.hash(data: data).hexadecimal == digest
        }
    }

    static let fileName = "generation.json"

    var id: String
    /// In the order of which the id is a hash.
    package var files: [File]

    init(_ generation: Generation) {
        id = generation.id
        files = generation.files.map { file in
            File(path: file.path, digest: file.digest)
        }
    }

    /// Reads the record in a generation's folder; `nil` where there is none that makes sense.
    package init?(in folder: String) {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(Self.fileName)"),
            let record = try? JSONDecoder().decode(Self.self, from: data)
        else { return nil }
        self = record
    }

    var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Strings and lists of them always have a form in JSON.
        return Array((try? encoder.encode(self)) ?? Data()) + [UInt8(ascii: "\n")]
    }

    /// Whether a folder holds exactly what the record says.
    func describes(_ folder: String) -> Bool {
        files.allSatisfy { $0.describes(folder) }
    }
}
