import Commands
import CurlTestSupport
import EchoBackend
import Foundation
import NginxRendering
import NginxTestSupport
import ProxyConfiguration
import TestSupport

/// A fixture's configuration in a real nginx, before echo backends.
struct LiveFixture {
    let fixture: Fixture
    /// As translated: what nginx must do is what this says.
    let configuration: Configuration
    let client: CurlClient
    let accessLog: String

    /// Runs nginx and a backend for each upstream while `body` runs.
    static func run(_ fixture: Fixture, body: (LiveFixture) async throws -> Void) async throws {
        let configuration = try await fixture.translated().configuration
        try await NginxSlots.shared.use {
            try await EchoBackend.run(named: configuration.upstreams.map(\.backendName)) { backends in
                try await TemporaryFolder.use { folder in
                    let address = try LoopbackAddress.unique()
                    let live = try configuration.live(at: address, in: folder, backends: backends)
                    try GenerationWriter.write(await fixture.pipeline.renderer.render(live), to: path(of: folder))
                    try await LiveNginx.run(in: folder) { _ in
                        let client = CurlClient(
                            address: address.description,
                            httpPort: Int(LivePorts.http),
                            httpsPort: Int(LivePorts.https)
                        )
                        let accessLog = path(of: folder.appending(path: LivePlaces.accessLog))
                        try await body(
                            LiveFixture(
                                fixture: fixture,
                                configuration: configuration,
                                client: client,
                                accessLog: accessLog
                            )
                        )
                    }
                }
            }
        }
    }
}
