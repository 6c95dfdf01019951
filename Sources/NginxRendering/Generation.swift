import Crypto
package import Diagnostics
package import Template

/// A rendered configuration: every file that nginx reads, and where its lines come from.
package struct Generation: Sendable, Hashable {
    /// The hash of all content but ``markFile``: the same files have the same id on every machine.
    package let id: String
    package let files: [File]
    /// The origin of each line of `nginx.conf`.
    package let origins: SourceMap

    /// The file that holds the id itself, where nginx is to tell which generation it serves.
    package static let markFile = "generation.conf"

    package struct File: Sendable, Hashable {
        /// Relative to the generation's folder.
        package var path: String
        package var content: Content

        package init(path: String, content: Content) {
            self.path = path
            self.content = content
        }
    }

    package enum Content: Sendable, Hashable {
        case text([UInt8])
        /// A certificate with its key: for its owner's eyes only.
        case secret(SecretBytes, summary: [String], origin: ObjectReference?)

        /// The permission bits that the file must be created with.
        package var mode: UInt16 {
            switch self {
            case .text: 0o644
            case .secret: 0o600
            }
        }

        package var bytes: [UInt8] {
            switch self {
            case .text(let bytes): bytes
            case .secret(let secret, _, _): secret.bytes
            }
        }
    }

    /// - Parameter mark: The text of ``markFile`` for an id; `nil` leaves the file out.
    init(files: [File], origins: SourceMap, mark: (String) -> [UInt8]?) {
        id = Self.id(of: files)
        let mark = mark(id).map { File(path: Self.markFile, content: .text($0)) }
        self.files = files + (mark.map { [$0] } ?? [])
        self.origins = origins
    }

    /// The text of `nginx.conf`.
    package var configurationText: String {
        files.first { $0.path == "nginx.conf" }.map { String(decoding: $0.content.bytes, as: UTF8.self) } ?? ""
    }

    /// The id of a generation with these files.
    package static func id(of files: [File]) -> String {
        var hash = SHA256()
        for file in files where file.path != markFile {
            // Each part is preceded by its length, so that no two lists of files give the same bytes.
            let bytes = file.content.bytes
            hash.update(data: Array("\(file.path.utf8.count) \(file.path) \(bytes.count) ".utf8))
            hash.update(data: bytes)
        }
        return hash.finalize().prefix(16).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
