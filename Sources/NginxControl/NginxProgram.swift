import Foundation
package import NginxSyntax
import Subprocess
import SystemPackage

/// The nginx of this machine.
package struct NginxProgram: Sendable, Hashable {
    /// Where it lies.
    package let path: String

    /// Takes the nginx at a path, or the one in `PATH`, or in the folders for administrators' programs, which the
    /// `PATH` of an ordinary user lacks.
    ///
    /// Returns `nil` where there is none.
    package init?(at path: String? = nil) {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let candidates = path.map { [$0] } ?? (folders + ["/usr/local/sbin", "/usr/sbin"]).map { "\($0)/nginx" }
        guard let found = candidates.first(where: Self.isProgram) else { return nil }
        self.path = found
    }

    /// What `nginx -V` prints, with the modules that are there to be loaded; `nil` where there is no nginx.
    package func capabilities() async -> NginxCapabilities? {
        let result = try? await run(
            .path(SystemPackage.FilePath(path)),
            arguments: ["-V"],
            output: .discarded,
            error: .string(limit: 65_536)
        )
        guard let result, result.terminationStatus.isSuccess else { return nil }
        guard let build = NginxCapabilities(versionOutput: result.standardError) else { return nil }
        let files = build.moduleFolder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) }
        return build.loading(from: files ?? [])
    }

    /// The environment that nginx runs in: that of this process, but for the variable by which one nginx hands its sockets on
    /// to the next.
    ///
    /// Whatever has the name for others, as a path to nginx may, would make it one that was started by another.
    static let environment = Environment.inherit.updating(["NGINX": nil])

    private static func isProgram(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
            return false
        }
        return FileManager.default.isExecutableFile(atPath: path)
    }
}
