import Foundation
package import NginxSyntax
package import ProxyConfiguration

/// The group that nginx's workers run as, to which files are given that workers read.
package struct WorkerGroup: Sendable, Hashable {
    /// `nil` where workers run as whoever writes the files, which is so unless root starts nginx.
    var identifier: gid_t?

    /// Whoever writes the files.
    package init() {}

    package init(of capabilities: NginxCapabilities) {
        guard geteuid() == 0 else { return }
        // Where the build names no group it is the one that its machine had for nobody.
        let names = capabilities.workerGroup.map { [$0] } ?? ["nogroup", "nobody"]
        identifier = names.lazy.compactMap { getgrnam($0)?.pointee.gr_gid }.first
    }

    /// Gives a file that workers read, or its folder, to their group.
    package func admit(to path: String, for file: PrivateFile) throws(StateFolderError) {
        guard file.isReadByWorkers, let identifier else { return }
        guard lchown(path, uid_t.max, identifier) == 0 else { throw .system(path, errno) }
    }
}
