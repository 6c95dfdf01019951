import Incremental
import NginxSyntax
import ProxyConfiguration
import Template

/// The result of the latest rendering, so that the next one renders only what has changed since.
package struct RenderingCache: Sendable {
    var parts = PartCache()
    var contexts = PartContexts()
    /// That of the latest text.
    var digest: ContentDigest?
    private var privateFiles: [PrivateFile] = []
    private var files = FileList()
    private var certificatesAreLive = false

    package init() {}

    /// The files of a generation beside its text; those that were there before are not hashed again.
    ///
    /// - Parameter certificatesAreLive: Whether nginx reads certificates when clients come.
    mutating func files(of newer: [PrivateFile], certificatesAreLive: Bool) -> FileList {
        if self.certificatesAreLive != certificatesAreLive {
            (privateFiles, files) = ([], FileList())
            self.certificatesAreLive = certificatesAreLive
        }
        let stretch = DifferingStretch(from: privateFiles, to: newer, by: ==)
        guard !stretch.isEmpty || newer.count != files.files.count else { return files }
        let known = Dictionary(
            stretch.old.map { (privateFiles[$0].file, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let changed = newer[stretch.new].map { file in
            if let index = known[file.file], privateFiles[index] == file { return files.files[index] }
            return Generation.File(file, isLive: certificatesAreLive && file.kind == .certificate)
        }
        files.replace(stretch.old, with: changed)
        privateFiles = newer
        return files
    }
}

extension Generation.File {
    fileprivate init(_ file: PrivateFile, isLive: Bool) {
        var file = file
        if isLive { file.isReadByWorkers = true }
        self.init(path: file.file.value, content: .secret(file))
    }
}
