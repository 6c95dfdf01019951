/// The process that starts and ends the nginx that serves.
package enum NginxOwnership: Sendable, Hashable {
    /// Somebody else, as for a sidecar or a packaged service.
    case external
    /// This program: it starts nginx, starts it again when it dies, and ends it.
    case supervised(NginxProgram)
}
