import Diagnostics
import ProxyConfiguration

/// The parts that the server of a host needs, and the findings about it.
struct HostUses: Sendable {
    /// The upstreams that it passes requests to, each once.
    var upstreams: Set<UpstreamKey> = []
    var needsResolver = false
    var certificate: PrivateFile?
    /// The files with which TLS is spoken with backends, each once.
    var backendFiles: Set<PrivateFile> = []
    var diagnostics: [Diagnostic] = []
}
