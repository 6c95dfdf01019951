/// How the nginx that serves is found, and how long it may take.
package struct DataPlaneSettings: Sendable {
    package var ownership: NginxOwnership
    /// Where nginx writes its process id.
    package var processIDFile: String
    /// The Unix socket where nginx tells which generation it serves.
    package var statusSocket: String
    /// The Unix socket where an nginx that somebody else starts serves its control API; `nil` where it may have one in the
    /// state folder.
    package var controlSocket: String?
    /// Whether nginx writes its errors to the standard error that it is started with.
    package var logsToStandardError: Bool
    /// How long nginx may take until it answers for a generation.
    package var reloadTimeout: Duration
    /// How much the workers may hold that finish their requests after reloads; of more, the oldest are ended.
    package var draining: DrainingBounds

    package init(
        ownership: NginxOwnership,
        processIDFile: String,
        statusSocket: String,
        controlSocket: String? = nil,
        logsToStandardError: Bool = false,
        reloadTimeout: Duration = .seconds(60),
        draining: DrainingBounds = DrainingBounds()
    ) {
        self.ownership = ownership
        self.processIDFile = processIDFile
        self.statusSocket = statusSocket
        self.controlSocket = controlSocket
        self.logsToStandardError = logsToStandardError
        self.reloadTimeout = reloadTimeout
        self.draining = draining
    }
}

/// The process that starts and ends the nginx that serves.
package enum NginxOwnership: Sendable, Hashable {
    /// Somebody else, as for a sidecar or a packaged service.
    case external
    /// This program: it starts nginx, starts it again when it dies, and ends it.
    case supervised(NginxProgram)
}
