import ArgumentParser
import Certificates
import Commands
import Diagnostics
import Foundation
import IngressTranslation
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// The pipelines of the fixtures, each set up once: parsing options and checking templates takes far longer than a
/// fixture's translation.
actor FixturePipelines {
    static let shared = FixturePipelines()

    private var known: [Key: Pipeline] = [:]

    private struct Key: Hashable {
        var arguments: [String]
        var nginx: NginxCapabilities?
    }

    /// 2026-01-01T00:00:00Z.
    private static let now: Int64 = 1_767_225_600

    /// Takes options as a command line has them; without one the nginx is 1.22.1, whichever the machine has, no name
    /// server is asked, and endpoints stand in the configuration.
    ///
    /// - Parameter nginx: What is rendered for, whatever the options say.
    func pipeline(for arguments: [String], on nginx: NginxCapabilities? = nil) async throws -> Pipeline {
        let key = Key(arguments: arguments, nginx: nginx)
        if let pipeline = known[key] { return pipeline }
        let options = try Self.options(arguments)
        var settings = try options.translation.settings(
            fallbackCertificate: .ofTests(),
            now: Self.now,
            assumesMissingObjects: options.input.assumesMissingObjects,
            readsManifests: options.input.readsManifests
        )
        settings.tlsSecurityLevel = CertificateBundle.usualSecurityLevel
        if !arguments.contains(where: { $0.hasPrefix("--resolver=") }) { settings.resolvers = [] }
        var diagnostics: [Diagnostic] = []
        let capabilities = if let nginx { nginx } else { await options.rendering.capabilities() }
        if arguments.contains(where: { $0.hasPrefix("--endpoints=") }) {
            settings.endpointServer = try options.translation.endpointServer(for: capabilities)
        }
        let renderer = ConfigurationRenderer(for: capabilities, diagnostics: &diagnostics)
        let pipeline = Pipeline(settings: settings, renderer: try #require(renderer, "\(diagnostics.map(\.text))"))
        known[key] = pipeline
        return pipeline
    }

    private static func options(_ arguments: [String]) throws -> FixtureOptions {
        let hasVersion = arguments.contains { $0.hasPrefix("--nginx-version=") }
        do {
            return try FixtureOptions.parse(hasVersion ? arguments : ["--nginx-version=1.22.1"] + arguments)
        } catch {
            throw Unfit(description: "settings.yaml: \(FixtureOptions.message(for: error))")
        }
    }
}

/// The options of the commands, without what only one of them has.
struct FixtureOptions: ParsableArguments {
    @OptionGroup var translation: TranslationOptions
    @OptionGroup var rendering: RenderingOptions
    @OptionGroup var input: InputOptions
}

/// A fixture that holds no test.
struct Unfit: Error, CustomStringConvertible {
    let description: String
}

extension PrivateFile {
    /// The certificate of hosts that have none, in place of one made anew at each run.
    fileprivate static func ofTests() throws -> PrivateFile {
        let file = PackageRoot.url.appending(path: "Tests/FixtureTests/Resources/fallback.pem")
        let content = SecretBytes(Array(try Data(contentsOf: file)))
        let bundle = try CertificateBundle(certificateChain: content, privateKey: content)
        let name = try #require(FilePath("tls/default.pem"))
        return PrivateFile(.certificate, file: name, content: bundle.content, summary: bundle.summary)
    }
}
