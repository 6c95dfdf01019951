import Glibc

/// The bytes of a file, and what the file was when they were read.
struct FileContent {
    /// A manifest has no business to be larger, in bytes.
    static let sizeLimit = 64 << 20

    let bytes: [UInt8]
    /// `nil` when the file may have changed meanwhile, or could change yet without looking different.
    let signature: FileSignature?

    /// Reads a regular file, and nothing that has no end.
    init(of path: FileName, limit: Int = sizeLimit) throws(UnreadableFile) {
        let found: FileSignature?
        do throws(SystemError) {
            let descriptor = try Descriptor(opening: path.text, O_RDONLY)
            let before = try descriptor.status()
            found = before.signature
            let isSettled = before.signature?.isRecent() == false
            let isReadable = before.signature.map { $0.size <= limit } ?? false
            bytes = isReadable ? try descriptor.bytes(upTo: limit) : []
            let after = try descriptor.status()
            signature = isSettled && after == before ? before.signature : nil
        } catch {
            throw .system(error)
        }
        guard let found else { throw .notRegular }
        guard max(found.size, bytes.count) <= limit else { throw .tooLarge }
    }
}

/// Why a file cannot be read.
enum UnreadableFile: Error, Hashable, CustomStringConvertible {
    case system(SystemError)
    case notRegular
    case tooLarge

    var description: String {
        switch self {
        case .system(let error): error.description
        case .notRegular: "it is no regular file"
        case .tooLarge: "it is larger than \(FileContent.sizeLimit >> 20) MiB"
        }
    }
}
