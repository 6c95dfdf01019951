import Crypto
import Diagnostics
package import ProxyConfiguration
package import Template
import TextCoding

/// A rendered configuration: every file that nginx reads, and where its lines come from.
package struct Generation: Sendable, Hashable {
    /// The hash of the names and digests of all files but ``markFile`` and those that are live: the same files have the
    /// same id on every machine, and what changes without a reload changes no id.
    package let id: String
    package let files: [File]
    /// The origin of each line of `nginx.conf`.
    package let origins: SourceMap

    /// The file that holds the id itself, where nginx is to tell which generation it serves.
    package static let markFile = "generation.conf"

    package struct File: Sendable, Hashable {
        /// Relative to the generation's folder.
        package let path: String
        package let content: Content
        /// The SHA-256 of the content, in hexadecimal.
        package let digest: String

        package init(path: String, content: Content) {
            self.path = path
            self.content = content
            digest = SHA256.hash(data: content.bytes).hexadecimal
        }

        /// Whether workers read the file while they serve, so that another content needs no reload.
        package var isLive: Bool { content.secret?.isReadByWorkers ?? false }
    }

    package enum Content: Sendable, Hashable {
        case text([UInt8])
        case secret(PrivateFile)

        /// The permission bits that the file must be created with.
        package var mode: UInt16 {
            switch self {
            case .text: 0o644
            case .secret(let file): file.mode
            }
        }

        /// The file that is for nginx alone; `nil` for text that anybody may read.
        package var secret: PrivateFile? { if case .secret(let file) = self { file } else { nil } }

        package var bytes: [UInt8] {
            switch self {
            case .text(let bytes): bytes
            case .secret(let file): file.content.bytes
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
        for file in files where file.path != markFile && !file.isLive {
            // Each path is preceded by its length, so that no two lists of files give the same bytes.
            hash.update(data: Array("\(file.path.utf8.count) \(file.path) \(file.digest) ".utf8))
        }
        return hash.finalize().prefix(16).hexadecimal
    }
}

extension PrivateFile {
    /// For the eyes of its owner, and of the workers' group where workers read it.
    package var mode: UInt16 { isReadByWorkers ? 0o640 : 0o600 }
    /// The mode of the folder that it lies in.
    package var folderMode: UInt16 { isReadByWorkers ? 0o750 : 0o700 }
}
