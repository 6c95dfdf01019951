package import Foundation
import TestSupport

/// Asks a real nginx whether it takes a folder's nginx.conf (`nginx -t`), and what it says about it.
package func nginxTest(_ folder: URL) async throws -> (ok: Bool, output: String) {
    let nginx = try Tool("nginx")
    return try await TemporaryFolder.use { workFolder in
        let invocation = try NginxInvocation(folder: folder, workFolder: workFolder)
        let outcome = try await nginx.run(["-t"] + invocation.arguments)
        return (outcome.succeeded, outcome.text + outcome.errors)
    }
}
