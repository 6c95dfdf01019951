package import NginxControl
package import NginxSyntax
package import ProxyConfiguration

/// Where everything of the nginx that serves is, in names that nginx can be given.
package struct NginxPlan: Sendable {
    package let state: StateFolder
    package let process: ProcessSettings
    package let statusSocket: FilePath
    package let dataPlane: DataPlaneSettings

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
}
