import Commands
import CurlTestSupport
import Foundation
import NginxControl
import NginxRendering
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// Modules that are none of nginx's own.
@Suite(.timeLimit(.minutes(10))) struct LoadedModuleTests {
    private static let fixture = Fixture(name: "gzip")

    @Test func `responses are compressed by Brotli where nginx has the module`() async throws {
        let capabilities = try #require(await NginxProgram()?.capabilities())
        try #require(capabilities.file(ofModule: "http_brotli_filter_module") != nil, "libnginx-mod-http-brotli-filter")
        let pipeline = try await FixturePipelines.shared.pipeline(for: Self.fixture.arguments, on: capabilities)
        var configuration = pipeline.run(try Self.fixture.input).configuration
        configuration.settings.directives.set(SettingDirective("brotli"), to: true as Flag)
        configuration.settings.directives.set(SettingDirective("brotli_min_length"), to: Number(0))
        let text = pipeline.renderer.render(configuration).configurationText
        #expect(text.contains("load_module "))
        try await NginxSlots.shared.use {
            try await TemporaryFolder.use { folder in
                let address = try LoopbackAddress.unique()
                let live = try configuration.live(at: address, in: folder)
                try GenerationWriter.write(
                    pipeline.renderer.render(live),
                    to: path(of: folder),
                    readableBy: WorkerGroup(of: capabilities)
                )
                let client = CurlClient(
                    address: address.description,
                    httpPort: Int(LivePorts.http),
                    httpsPort: Int(LivePorts.https)
                )
                try await LiveNginx.run(in: folder) { _ in
                    for (accepted, encodings) in [("br", ["br"]), ("gzip", ["gzip"]), ("other", [])] {
                        // nginx's own page of a host that nobody names.
                        var request = try #require(CurlRequest("GET http://nobody.example/"))
                        request.headers.append(("Accept-Encoding", accepted))
                        let answer = try await client.send(request)
                        #expect(answer.status == 404)
                        #expect(answer.headers("Content-Encoding") == encodings, "\(accepted)")
                    }
                }
            }
        }
    }
}
