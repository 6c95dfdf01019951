import Diagnostics
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Template
import Testing

/// Certificates that nginx reads when clients come.
struct LiveCertificateTests {
    /// Two certificates, read so from a number on.
    private func sample(from threshold: Int? = 2, content: UInt8 = 1) throws -> Configuration {
        var own = try server("a.example")
        let file = try #require(FilePath("tls/shop.a.pem"))
        own.certificate = file
        var sample = try configuration([server("*"), own])
        sample.privateFiles.append(PrivateFile(.certificate, file: file, content: SecretBytes([content])))
        let folder = try #require(FilePath("/state/live"))
        sample.process.liveCertificates = LiveCertificates(in: folder, from: threshold)
        return sample
    }

    private let literal = [["tls/default.pem"], ["tls/shop.a.pem"]]
    private let live = [["$certificate_file"], ["$certificate_file"]]

    private func arguments(_ name: String, _ generation: Generation) throws -> [[String]] {
        try generation.directives().named(name).map(\.arguments)
    }

    @Test func `an nginx that keeps certificates in memory finds them by a variable, and their content is in no id`()
        throws
    {
        let new = try renderer(NginxVersion(1, 27, 4))
        let generation = try new.render(sample())
        #expect(try arguments("ssl_certificate", generation) == live)
        #expect(try arguments("ssl_certificate_key", generation) == live)
        // The first is that of servers without one.
        let (fallback, own) = (["/state/live/tls/default.pem"], ["/state/live/tls/shop.a.pem"])
        #expect(try arguments("root", generation) == [fallback, fallback, own])
        #expect(
            try arguments("ssl_certificate_cache", generation) == [["max=1024", "inactive=1h", "valid=1d"]]
        )
        #expect(generation.files.filter(\.isLive).map(\.path) == ["tls/default.pem", "tls/shop.a.pem"])
        #expect(generation.files.filter(\.isLive).allSatisfy { $0.content.mode == 0o640 })
        let renewed = try new.render(sample(content: 2))
        #expect(renewed.id == generation.id)
    }

    @Test func `few certificates, and those of an older nginx, are read at the start unless all are live`() throws {
        for (version, threshold) in [(NginxVersion(1, 27, 4), 3), (NginxVersion(1, 27, 3), 2)] {
            let renderer = try renderer(version)
            let generation = try renderer.render(sample(from: threshold))
            #expect(try arguments("ssl_certificate", generation) == literal)
            #expect(try arguments("root", generation).isEmpty)
            #expect(generation.files.filter(\.isLive).isEmpty)
            let renewed = try renderer.render(sample(from: threshold, content: 2))
            #expect(renewed.id != generation.id)
            let forced = try renderer.render(sample(from: nil))
            #expect(try arguments("ssl_certificate", forced) == live)
            #expect(try arguments("ssl_certificate_cache", forced).isEmpty == (version < NginxVersion(1, 27, 4)))
        }
    }

    @Test func `where certificates are stapled, or templates are others, they are read at the start`() throws {
        var stapled = try sample(from: nil)
        stapled.settings.tls.staples = true
        let generation = try renderer(NginxVersion(1, 30, 0)).render(stapled)
        #expect(try arguments("ssl_certificate", generation) == literal)
        #expect(generation.files.filter(\.isLive).isEmpty)
        let text = "{% template HTTP %}\nssl_prefer_server_ciphers on;\n"
        let tls = TemplateSource(name: "tls", file: "tls.tmpl", text: text)
        let own = try renderer(NginxVersion(1, 30, 0), overrides: [tls]).render(sample(from: nil))
        #expect(try arguments("ssl_certificate", own) == literal)
        #expect(own.files.filter(\.isLive).isEmpty)
    }

    @Test func `a certificate that backends are shown is read at the start`() throws {
        var sample = try sample()
        let file = try #require(FilePath("client/shop.a.pem"))
        let renderer = try renderer(NginxVersion(1, 30, 0))
        let ids = ([1, 2] as [UInt8]).map { content in
            sample.privateFiles.removeAll { $0.file == file }
            sample.privateFiles.append(PrivateFile(.clientCertificate, file: file, content: SecretBytes([content])))
            return renderer.render(sample).id
        }
        #expect(ids[0] != ids[1])
    }

    @Test func `a cache changes nothing where certificates are read otherwise than before`() throws {
        let renderer = try renderer(NginxVersion(1, 30, 0))
        var (plain, cache) = (try sample(), RenderingCache())
        plain.process.liveCertificates = nil
        for configuration in [try sample(), plain, try sample(content: 2), plain] {
            let cached = renderer.render(configuration, cache: &cache)
            #expect(cached == renderer.render(configuration))
        }
    }
}
