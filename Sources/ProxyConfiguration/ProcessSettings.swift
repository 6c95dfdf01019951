package import NginxSyntax

/// The settings of the nginx process itself: where its files are.
///
/// `nil` leaves a place to nginx's own build, as an administrator does who runs a packaged nginx.
package struct ProcessSettings: Sendable, Hashable {
    package var pidFile: FilePath?
    package var errorLog: LogDestination?
    /// From which level on messages are in ``errorLog``; `nil` leaves it to nginx, which takes `error`.
    package var errorLogLevel: Identifier?
    /// Where nginx also writes why it refuses a configuration, and little else: messages of the level `emerg`.
    ///
    /// nginx leaves its built-in log as soon as one is named, so this needs ``errorLog`` beside it.
    package var refusalLog: FilePath?
    /// `nil` turns the access log off.
    package var accessLog: FilePath?
    /// The folder for request bodies and responses that do not fit into memory.
    package var temporaryFolder: FilePath?
    /// How long old workers may finish their requests after a reload; `nil` sets no limit.
    package var workerShutdownTimeout: TimeSpan?

    /// The certificates that nginx reads when a client comes; `nil` where it reads them while it starts.
    package var liveCertificates: LiveCertificates?

    /// The settings of all processes, beside the places of their files.
    package var directives = DirectiveSettings<MainBlock>()
    /// How workers take connections.
    package var events = DirectiveSettings<EventsBlock>()
    /// The networks of clients whose connections are logged in every detail.
    package var debuggedNetworks: [CIDRBlock] = []

    package init(
        pidFile: FilePath? = nil,
        errorLog: FilePath? = nil,
        refusalLog: FilePath? = nil,
        accessLog: FilePath? = FilePath(known: "/var/log/nginx/access.log"),
        temporaryFolder: FilePath? = nil,
        workerShutdownTimeout: TimeSpan? = TimeSpan(seconds: 240)
    ) {
        self.pidFile = pidFile
        self.errorLog = errorLog.map(LogDestination.file)
        self.refusalLog = refusalLog
        self.accessLog = accessLog
        self.temporaryFolder = temporaryFolder
        self.workerShutdownTimeout = workerShutdownTimeout
    }
}
