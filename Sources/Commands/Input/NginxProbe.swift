import Foundation
import NginxSyntax
import Subprocess

/// Asks the machine's nginx what it can do.
enum NginxProbe {
    /// What `nginx -V` says; `nil` where there is no nginx, or one that says nothing.
    static func capabilities() async -> NginxCapabilities? {
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "") + ":/usr/sbin:/usr/local/sbin"
        let result = try? await run(
            .name("nginx"),
            arguments: ["-V"],
            environment: .inherit.updating(["PATH": path]),
            output: .discarded,
            error: .string(limit: 65_536)
        )
        guard let result, result.terminationStatus.isSuccess else { return nil }
        return NginxCapabilities(versionOutput: result.standardError)
    }
}
