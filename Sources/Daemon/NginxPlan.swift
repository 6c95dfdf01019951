package import NginxControl
package import NginxSyntax
package import ProxyConfiguration

/// Where everything of the nginx that serves is, in names that nginx can be given.
package struct NginxPlan: Sendable {
    package let state: StateFolder
    package let process: ProcessSettings
    package let statusSocket: FilePath
    /// Where sessions of TCP and UDP are counted; `nil` where nobody does.
    package var portMeter: LogSocket?
    package let dataPlane: DataPlaneSettings

    /// Where connections of TLS are handed over of which some are passed on; `nil` where nginx cannot name it.
    var passthroughSockets: TLSPassthrough.Sockets? {
        guard let https = FilePath(state.httpsSocket), let proxies = FilePath(state.proxiesSocket),
            let passing = FilePath(state.passingSocket)
        else { return nil }
        return TLSPassthrough.Sockets(https: https, proxies: proxies, passing: passing)
    }

    package init(
        state: StateFolder,
        process: ProcessSettings,
        statusSocket: FilePath,
        dataPlane: DataPlaneSettings
    ) {
        self.state = state
        self.process = process
        self.statusSocket = statusSocket
        self.dataPlane = dataPlane
    }

    /// Has sessions of TCP and UDP counted, at a socket of the state folder; its name may be none for a log.
    package mutating func countSessions() { portMeter = LogSocket("\(state.path)/ports.sock") }
}
