package import Foundation
package import TestSupport

/// Asks a real nginx whether it takes a folder's nginx.conf (`nginx -t`), and what it says about it.
///
/// - Parameter other: Another nginx than that of the machine.
package func nginxTest(_ folder: URL, by other: Tool? = nil) async throws -> (ok: Bool, output: String) {
    let nginx = try other ?? Tool("nginx")
    return try await TemporaryFolder.use { workFolder in
        let invocation = try NginxInvocation(folder: folder, workFolder: workFolder)
        let outcome = try await nginx.run(["-t"] + invocation.arguments)
        return (outcome.succeeded, outcome.text + outcome.errors)
    }
}
