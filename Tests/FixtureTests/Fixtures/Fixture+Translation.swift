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

extension Fixture {
    /// What the fixture comes to, on every machine and at any time the same.
    func translated() async throws -> Pipeline.Result {
        try await Pipeline(settings: settings, renderer: renderer).run(input)
    }

    /// 2026-01-01T00:00:00Z.
    private static let now: Int64 = 1_767_225_600

    private var settings: TranslationSettings {
        get throws {
            var settings = try options.translation.settings(fallbackCertificate: .ofTests(), now: Self.now)
            // Without an option the machine's own name servers are asked, which a fixture must not depend on.
            if try !arguments.contains(where: { $0.hasPrefix("--resolver=") }) { settings.resolvers = [] }
            return settings
        }
    }

    /// Renders for one version of nginx, whichever the machine has.
    var renderer: ConfigurationRenderer {
        get async throws {
            var diagnostics: [Diagnostic] = []
            let capabilities = try await options.rendering.capabilities()
            let renderer = ConfigurationRenderer(for: capabilities, diagnostics: &diagnostics)
            return try #require(renderer, "\(diagnostics.map(\.text))")
        }
    }

    private var options: FixtureOptions {
        get throws {
            let arguments = try arguments
            let hasVersion = arguments.contains { $0.hasPrefix("--nginx-version=") }
            do {
                return try FixtureOptions.parse(hasVersion ? arguments : ["--nginx-version=1.22.1"] + arguments)
            } catch {
                throw Unfit(description: "settings.yaml: \(FixtureOptions.message(for: error))")
            }
        }
    }
}

/// The options of the commands, without what only one of them has.
struct FixtureOptions: ParsableArguments {
    @OptionGroup var translation: TranslationOptions
    @OptionGroup var rendering: RenderingOptions
}

/// A fixture that holds no test.
struct Unfit: Error, CustomStringConvertible {
    let description: String
}

extension TLSCertificate {
    /// The certificate of hosts that have none, in place of one made anew at each run.
    fileprivate static func ofTests() throws -> TLSCertificate {
        let file = PackageRoot.url.appending(path: "Tests/FixtureTests/Resources/fallback.pem")
        let content = SecretBytes(Array(try Data(contentsOf: file)))
        let bundle = try CertificateBundle(certificateChain: content, privateKey: content)
        let name = try #require(FilePath("tls/default.pem"))
        return TLSCertificate(file: name, content: bundle.content, summary: bundle.summary)
    }
}
