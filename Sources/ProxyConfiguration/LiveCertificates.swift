package import NginxSyntax

/// The place of certificates that nginx reads when clients come, so that a renewed one needs no reload.
package struct LiveCertificates: Sendable, Hashable {
    /// The folder below which they have the names that they have in a configuration's own, by an absolute path.
    package var folder: FilePath
    /// From how many certificates on they are read so, by an nginx that keeps them in memory; `nil` for any number, and
    /// for any nginx.
    package var threshold: Int?

    package init(in folder: FilePath, from threshold: Int? = nil) {
        (self.folder, self.threshold) = (folder, threshold)
    }

    /// The path of one of them.
    package func path(of file: PrivateFile.Name) -> FilePath? { FilePath("\(folder.value)/\(file.value)") }
}
