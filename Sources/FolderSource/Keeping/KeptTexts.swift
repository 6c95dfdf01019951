import Diagnostics
import Glibc
import TextCoding

/// The last good texts of files that are bad now, on disk for the next start.
///
/// They may hold Secrets: nobody else can read them, and the names of the files tell nothing.
struct KeptTexts: Sendable {
    private let folder: String
    /// The names of all entries.
    private var entries: Set<String>
    /// The files whose text is known to be there.
    private var kept: Set<FileName> = []

    init(in folder: String) {
        self.folder = folder
        let names = (try? FolderEntries(of: FileName(folder)))?.names ?? []
        entries = Set(names.filter { $0.hasSuffix(Self.suffix) })
    }

    private static let suffix = ".kept"

    /// The text of a file; `nil` where none is kept, or another file's.
    mutating func text(of file: FileName) -> [UInt8]? {
        let entry = Self.entry(of: file)
        guard entries.contains(entry) else { return nil }
        let head = Self.head(of: file)
        let path = FileName("\(folder)/\(entry)")
        let content = try? FileContent(of: path, limit: FileContent.sizeLimit + head.count)
        guard let content = content?.bytes, content.starts(with: head) else { return nil }
        kept.insert(file)
        return Array(content.dropFirst(head.count))
    }

    /// Writes a text so that it is there as a whole or not at all; one that is there already stays.
    mutating func keep(_ text: SecretBytes, of file: FileName) throws(SystemError) {
        guard !kept.contains(file) else { return }
        try makeFolder()
        let entry = Self.entry(of: file)
        let temporary = "\(folder)/\(entry).new"
        unsafe unlink(temporary)
        do throws(SystemError) {
            let descriptor = try Descriptor(opening: temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
            try descriptor.write(Self.head(of: file) + text.bytes)
            try descriptor.synchronize()
        } catch {
            unsafe unlink(temporary)
            throw error
        }
        guard unsafe rename(temporary, "\(folder)/\(entry)") == 0 else { throw .last }
        entries.insert(entry)
        kept.insert(file)
        try Descriptor(opening: folder, O_RDONLY | O_DIRECTORY).synchronize()
    }

    /// Removes the text of a file.
    mutating func remove(_ file: FileName) {
        guard kept.remove(file) != nil, let entry = entries.remove(Self.entry(of: file)) else { return }
        unsafe unlink("\(folder)/\(entry)")
    }

    /// Removes the texts of all other files.
    mutating func retain(_ files: [FileName]) {
        guard !entries.isEmpty else { return }
        let wanted = Set(files.map(Self.entry))
        for entry in entries where !wanted.contains(entry) {
            unsafe unlink("\(folder)/\(entry)")
            entries.remove(entry)
        }
        kept.formIntersection(files)
    }

    private func makeFolder() throws(SystemError) {
        var path = folder.hasPrefix("/") ? "" : "."
        for part in folder.split(separator: "/") {
            path += "/\(part)"
            guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last }
        }
    }

    /// The name of a file's entry: a hash of its path.
    private static func entry(of file: FileName) -> String { file.text.utf8.stableHash.hexadecimal + suffix }

    /// The head in front of the text: the path of its file, since two paths may have the same hash.
    private static func head(of file: FileName) -> [UInt8] {
        Array("postern keeps \(file.text.utf8.count) \(file.text)\n".utf8)
    }
}
