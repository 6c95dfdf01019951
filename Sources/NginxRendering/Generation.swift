import Crypto
import Diagnostics
import Incremental
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
        private struct Fields: Sendable, Hashable {
            let path: String
            let content: Content
            let digest: String
        }

        /// There are very many files, and few of them change at a time.
        private let fields: ByReference<Fields>

        /// Relative to the generation's folder.
        package var path: String { _read { yield fields.value.path } }
        package var content: Content { _read { yield fields.value.content } }
        /// That of the content, in hexadecimal; see ``ContentDigest``.
        package var digest: String { _read { yield fields.value.digest } }

        package init(path: String, content: Content) {
            self.init(path: path, content: content, digest: ContentDigest(of: content.bytes))
        }

        init(path: String, content: Content, digest: ContentDigest) {
            fields = ByReference(Fields(path: path, content: content, digest: digest.text))
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

    /// - Parameters:
    ///   - main: `nginx.conf`.
    ///   - mark: The text of ``markFile`` for an id; `nil` leaves the file out.
    init(_ main: File, _ others: FileList, origins: SourceMap, mark: (String) -> [UInt8]?) {
        id = Self.id(of: [main], others.summary)
        let mark = mark(id).map { File(path: Self.markFile, content: .text($0)) }
        var files: [File] = []
        files.reserveCapacity(others.files.count + 2)
        files.append(main)
        files += others.files
        if let mark { files.append(mark) }
        self.files = files
        self.origins = origins
    }

    /// The text of `nginx.conf`.
    package var configurationText: String {
        files.first { $0.path == "nginx.conf" }.map { String(decoding: $0.content.bytes, as: UTF8.self) } ?? ""
    }

    /// The id of a generation with these files.
    package static func id(of files: [File]) -> String {
        id(of: files, [])
    }

    private static func id(of files: [File], _ summary: [UInt8]) -> String {
        var hash = SHA256()
        for file in files { hash.update(data: file.summary) }
        hash.update(data: summary)
        return hash.finalize().prefix(16).hexadecimal
    }
}

extension Generation.File {
    /// What the id of a generation is a hash of; empty where it does not count.
    fileprivate var summary: [UInt8] {
        guard path != Generation.markFile, !isLive else { return [] }
        // The path is preceded by its length, so that no two lists of files give the same bytes.
        return Array("\(path.utf8.count) \(path) \(digest) ".utf8)
    }
}

/// Files with the bytes that the id of their generation is a hash of.
struct FileList: Sendable {
    private(set) var files: [Generation.File] = []
    /// Those of all files, one after the other.
    private(set) var summary: [UInt8] = []
    /// Where those of each file begin.
    private var starts: [Int] = []

    mutating func replace(_ range: Range<Int>, with new: some Collection<Generation.File>) {
        let summaries = new.map(\.summary)
        let (start, end) = (self.start(of: range.lowerBound), self.start(of: range.upperBound))
        var place = start
        var newStarts: [Int] = []
        for summary in summaries {
            newStarts.append(place)
            place += summary.count
        }
        files.replaceSubrange(range, with: new)
        summary.replaceSubrange(start..<end, with: summaries.joined())
        starts.replaceSubrange(range, with: newStarts)
        guard place != end else { return }
        for index in starts[(range.lowerBound + newStarts.count)...].indices { starts[index] += place - end }
    }

    private func start(of index: Int) -> Int { index < starts.count ? starts[index] : summary.count }
}

extension PrivateFile {
    /// For the eyes of its owner, and of the workers' group where workers read it.
    package var mode: UInt16 { isReadByWorkers ? 0o640 : 0o600 }
    /// The mode of the folder that it lies in.
    package var folderMode: UInt16 { isReadByWorkers ? 0o750 : 0o700 }
}
