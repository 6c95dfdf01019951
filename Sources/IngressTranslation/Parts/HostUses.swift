import Diagnostics
import ProxyConfiguration

/// What the server of a host needs of other parts, and what is said of it.
struct HostUses: Sendable {
    /// What it passes requests to, each once.
    var upstreams: Set<UpstreamKey> = []
    var needsResolver = false
    var certificate: PrivateFile?
    /// The files with which TLS is spoken with backends, each once.
    var backendFiles: Set<PrivateFile> = []
    var diagnostics: [Diagnostic] = []
}
