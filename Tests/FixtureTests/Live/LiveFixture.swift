import Commands
import CurlTestSupport
import EchoBackend
import Foundation
import NginxControl
import NginxRendering
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// A fixture's configuration in a real nginx, before echo backends.
struct LiveFixture {
    let fixture: Fixture
    /// As translated: what nginx must do is what this says.
    let configuration: Configuration
    let nginx: LiveNginx
    let client: CurlClient
    let accessLog: String
    let served: Configuration
    private let folder: URL

    /// Has nginx serve the same configuration with a change of it.
    func reload(with change: (inout Configuration) -> Void) async throws {
        var configuration = served
        change(&configuration)
        let renderer = try await fixture.livePipeline.renderer
        let workers = WorkerGroup(of: renderer.capabilities)
        try GenerationWriter.write(renderer.render(configuration), to: path(of: folder), readableBy: workers)
        try await nginx.reload()
    }

    /// Runs nginx and a backend for each upstream while `body` runs.
    ///
    /// - Parameters:
    ///   - choice: What a backend speaks that may be spoken with either way.
    ///   - note: Called with each request that a backend gets.
    static func run(
        _ fixture: Fixture,
        insteadOfEither choice: BackendProtocol = .http,
        noting note: @escaping @Sendable (EchoedRequest) -> Void = { _ in },
        changing change: (inout Configuration) throws -> Void = { _ in },
        body: (LiveFixture) async throws -> Void
    ) async throws {
        let configuration = try await fixture.translated().configuration
        try await NginxSlots.shared.use {
            try await EchoBackend.run(named: configuration.upstreams.map(\.backendName), noting: note) { backends in
                try await ProtocolFront.run(
                    for: configuration.upstreams,
                    of: fixture,
                    backends: backends,
                    insteadOfEither: choice
                ) { fronts in
                    let address = try LoopbackAddress.unique()
                    try await run(fixture, configuration, at: address, body) { folder in
                        var live = try configuration.live(at: address, in: folder, backends: backends, fronts: fronts)
                        try change(&live)
                        return live
                    }
                }
            }
        }
    }

    /// Runs nginx before backends of the test's own, which listen at the same address as nginx.
    static func run(
        _ fixture: Fixture,
        beforeBackendsAt port: (Upstream) -> Int,
        changing change: (inout Configuration) throws -> Void = { _ in },
        body: (LiveFixture) async throws -> Void
    ) async throws {
        let configuration = try await fixture.translated().configuration
        try await NginxSlots.shared.use {
            let address = try LoopbackAddress.unique()
            try await run(fixture, configuration, at: address, body) { folder in
                var live = try configuration.live(at: address, in: folder)
                let host = try #require(IPAddress(address.description))
                live.upstreams = try live.upstreams.map { upstream in
                    var upstream = upstream
                    upstream.servers = [.internet(host, try #require(PortNumber(port(upstream))))]
                    return upstream
                }
                try change(&live)
                return live
            }
        }
    }

    private static func run(
        _ fixture: Fixture,
        _ configuration: Configuration,
        at address: LoopbackAddress,
        _ body: (LiveFixture) async throws -> Void,
        live: (URL) throws -> Configuration
    ) async throws {
        try await TemporaryFolder.use { folder in
            let renderer = try await fixture.livePipeline.renderer
            let served = try live(folder)
            try GenerationWriter.write(
                renderer.render(served),
                to: path(of: folder),
                readableBy: WorkerGroup(of: renderer.capabilities)
            )
            try await LiveNginx.run(in: folder) { nginx in
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
                        nginx: nginx,
                        client: client,
                        accessLog: accessLog,
                        served: served,
                        folder: folder
                    )
                )
            }
        }
    }
}
