import Crypto
import Foundation
import NginxRendering
import ProxyConfiguration
import TextCoding

/// Certificates with their keys: the content of each lies under a name that is its digest, to which links lead.
///
/// nginx reads a certificate and then its key. Were the file replaced, the certificate could be that of before, and the key
/// the new one; a link nginx follows once for each handshake, to a file that never changes.
extension LiveFiles {
    /// The folder of what links lead to.
    static let contentFolder = "content"

    private var contents: String { "\(state.live)/\(Self.contentFolder)" }

    private func name(of file: Generation.File) -> String { String(file.digest.prefix(32)) }

    private func target(of file: Generation.File) -> String { "../\(Self.contentFolder)/\(name(of: file))" }

    /// Whether the link of a certificate leads to its content, which is whole wherever a link leads to it.
    func isInPlace(_ file: Generation.File) -> Bool {
        let path = "\(state.live)/\(file.path)"
        var content = stat()
        return (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == target(of: file)
            && stat(path, &content) == 0 && content.st_size == file.content.bytes.count
    }

    /// Writes what is to be led to, and waits until it is on disk: no link leads to a file that a crash has cut off.
    func writeContents(of files: [Generation.File]) throws(StateFolderError) {
        guard let first = files.first?.content.secret else { return }
        removeReplacedCertificates()
        try makeFolder(contents, for: first)
        for file in files {
            guard let secret = file.content.secret else { continue }
            let path = "\(contents)/\(name(of: file))"
            let old = FileManager.default.contents(atPath: path)
            if let old, SHA256.hash(data: old).hexadecimal == file.digest { continue }
            try create(file.content.bytes, for: secret)
            guard rename(temporaryFile, path) == 0 else { throw .system(path, errno) }
        }
        try StateFolder.synchronize(contents)
    }

    /// Makes the link to a certificate under its temporary name.
    func makeLink(to file: Generation.File) throws(StateFolderError) {
        unlink(temporaryFile)
        guard symlink(target(of: file), temporaryFile) == 0 else { throw .system(temporaryFile, errno) }
    }

    /// Removes what no link leads to any more: not at once when a link is led elsewhere, because a handshake may have
    /// followed it before.
    func removeReplacedCertificates() {
        let names = Self.names(in: contents)
        guard !names.isEmpty else {
            rmdir(contents)
            return
        }
        let folder = "\(state.live)/tls"
        let targets = Self.names(in: folder).compactMap { name in
            try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
        }
        let held = Set(targets.map { ($0 as NSString).lastPathComponent })
        for name in names where !held.contains(name) { unlink("\(contents)/\(name)") }
        if held.isEmpty { rmdir(contents) }
    }
}

extension Generation.File {
    /// Whether it is a certificate with its key, of servers.
    var isCertificate: Bool { content.secret?.kind == .certificate }
}
