import Commands
import Controller
import CurlTestSupport
import Diagnostics
import EchoBackend
import Foundation
import IngressTranslation
import Manifests
import NginxControl
import NginxRendering
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// Manifests in a real nginx that has modules of others, before echo backends.
struct ModuleSite {
    let result: Pipeline.Result
    let client: CurlClient
    let folder: URL

    /// Runs nginx and a backend for each upstream while `body` runs.
    ///
    /// - Parameters:
    ///   - resource: The file of manifests among the resources of the tests.
    ///   - package: The package that brings the module.
    ///   - note: Called with each request that a backend gets.
    static func run(
        _ resource: String,
        module: String,
        from package: String,
        changing change: (inout TranslationSettings) -> Void = { _ in },
        noting note: @escaping @Sendable (EchoedRequest) -> Void = { _ in },
        body: (ModuleSite) async throws -> Void
    ) async throws {
        let pipeline = try await pipeline(module: module, from: package, changing: change)
        let result = pipeline.run(try ManifestLoader.load([path(of: Fixture.resource(resource))]))
        let names = result.configuration.upstreams.map(\.backendName)
        try await NginxSlots.shared.use {
            try await EchoBackend.run(named: names, noting: note) { backends in
                try await TemporaryFolder.use { folder in
                    let address = try LoopbackAddress.unique()
                    try GenerationWriter.write(
                        pipeline.renderer.render(
                            try result.configuration.live(at: address, in: folder, backends: backends)
                        ),
                        to: path(of: folder),
                        readableBy: WorkerGroup(of: pipeline.renderer.capabilities)
                    )
                    let client = CurlClient(
                        address: address.description,
                        httpPort: Int(LivePorts.http),
                        httpsPort: Int(LivePorts.https)
                    )
                    try await LiveNginx.run(in: folder) { _ in
                        try await body(ModuleSite(result: result, client: client, folder: folder))
                    }
                }
            }
        }
    }

    /// The outcome of a proof of a file among the resources of the tests, by a shadow nginx that has the module.
    static func proof(
        of resource: String,
        module: String,
        from package: String,
        changing change: (inout TranslationSettings) -> Void = { _ in }
    ) async throws -> Proof {
        let files = try ManifestLoader.load([path(of: Fixture.resource(resource))]).files
        return try await proof(of: files, module: module, from: package, changing: change).proof
    }

    /// The outcome of a proof of manifests, and what they come to.
    static func proof(
        of files: [ManifestFile],
        module: String,
        from package: String,
        changing change: (inout TranslationSettings) -> Void = { _ in }
    ) async throws -> (result: Pipeline.Result, proof: Proof) {
        let pipeline = try await pipeline(module: module, from: package, changing: change)
        let result = pipeline.run(files)
        let nginx = try #require(NginxProgram())
        let prover = Prover(nginx, renderer: pipeline.renderer)
        let proof = try await NginxSlots.shared.use { try await prover.prove(result.candidate(of: pipeline)) }
        return (result, proof)
    }

    private static func pipeline(
        module: String,
        from package: String,
        changing change: (inout TranslationSettings) -> Void
    ) async throws -> Pipeline {
        let capabilities = try #require(await NginxProgram()?.capabilities())
        try #require(capabilities.file(ofModule: module) != nil, "\(package) is not installed")
        let options = ["--configmap=ingress/global", "--nginx-version=1.22.1"]
        let usual = try await FixturePipelines.shared.pipeline(for: options, on: capabilities)
        var settings = usual.settings
        settings.capabilities = capabilities
        change(&settings)
        return Pipeline(settings: settings, renderer: usual.renderer)
    }

    /// Sends a request such as `GET http://a.example/`, with these headers.
    func send(_ line: String, _ headers: [(String, String)] = []) async throws -> CurlResponse {
        var request = try #require(CurlRequest(line))
        request.headers += headers
        return try await client.send(request)
    }
}
