import Diagnostics
import ProxyConfiguration

/// The parts that the server of a host needs, and the findings about it.
struct HostUses: Sendable {
    /// The upstreams that it passes requests to, each once.
    var upstreams: Set<UpstreamKey> = []
    var needsResolver = false
    var certificate: PrivateFile?
    /// The private files beside its certificate, each once.
    var otherFiles: Set<PrivateFile> = []
    var diagnostics: [Diagnostic] = []
}
