import Diagnostics
import Incremental
import NginxControl
import NginxSyntax
import ProxyConfiguration
import Testing

struct EdgeProbesTests {
    private func configuration(_ paths: [PathMatch], hosts: [String] = ["shop.example"]) throws -> Configuration {
        let locations = paths.map { Location(path: $0, action: .status(.notFound)) }
        return Configuration(
            listeners: [
                Listener(.http, at: .port(try #require(PortNumber(80)))),
                Listener(.https, at: .port(try #require(PortNumber(443)))),
            ],
            fallbackCertificate: try #require(FilePath("tls/default.pem")),
            servers: try hosts.map { VirtualServer(host: .name(try #require(HostName($0))), locations: locations) }
        )
    }

    private func prefix(_ path: String) throws -> PathMatch { .prefix(try #require(LocationPath(path))) }

    @Test(arguments: ["/a", "/a/", "/a/x", "/ax"])
    func `each edge of a path is probed by both schemes`(target: String) throws {
        let probes = EdgeProbes(try configuration([try prefix("/a"), try prefix("/")])).sample(.max)
        let essential = probes.filter {
            $0.isEssential && $0.request.target == target && $0.request.host == "shop.example"
        }
        #expect(essential.count == 2 && Set(essential.map(\.request.scheme)) == [.http, .https])
    }

    @Test func `the host is probed in other case, and one that nobody knows`() throws {
        let probes = EdgeProbes(try configuration([try prefix("/")])).probes.filter(\.isEssential)
        #expect(probes.contains { $0.request.host == "SHOP.EXAMPLE" && $0.serverName == "shop.example" })
        #expect(probes.contains { $0.request.host == "unknown.invalid" })
    }

    @Test func `of a changed configuration only the hosts that differ are probed, and those that are gone`() throws {
        let before = try configuration([prefix("/")], hosts: ["same.example", "changed.example", "gone.example"])
        var after = try configuration([prefix("/")], hosts: ["same.example", "changed.example", "new.example"])
        after.servers[1].locations[0].httpsRedirect = .permanentRedirect
        let probes = EdgeProbes(after, since: before, variations: false).probes
        let hosts = Set(probes.map { $0.request.host.lowercased() })
        #expect(hosts == ["changed.example", "gone.example", "new.example", "unknown.invalid"])
        #expect(probes.allSatisfy { $0.isEssential })
    }

    @Test func `hosts with a renewed certificate are probed, and no others`() throws {
        var before = try configuration([prefix("/")], hosts: ["default.example", "renewed.example", "same.example"])
        let file = try #require(FilePath("tls/shop.web.pem"))
        before.servers[1].certificate = file
        before.privateFiles = [PrivateFile(.certificate, file: file, content: SecretBytes([1]))]
        var after = before
        after.privateFiles[0].content = SecretBytes([2])
        let probes = EdgeProbes(after, since: before, variations: false).probes
        #expect(Set(probes.map { $0.request.host.lowercased() }) == ["renewed.example", "unknown.invalid"])
        #expect(Set(probes.map(\.serverName)) == ["renewed.example"])
    }

    @Test func `a handshake for a host that nobody knows is made where it may bring another certificate`() throws {
        let before = try configuration([prefix("/")], hosts: ["default.example", "same.example"])
        var renewed = before
        renewed.privateFiles = [PrivateFile(.certificate, file: before.fallbackCertificate, content: SecretBytes([2]))]
        var other = before
        other.fallbackCertificate = try #require(FilePath("tls/other.pem"))
        var host = before
        host.servers[0].certificate = FilePath("tls/shop.web.pem")
        for after in [renewed, other, host] {
            let probes = EdgeProbes(after, since: before, variations: false).probes
            #expect(probes.contains { $0.serverName == "unknown.invalid" && $0.request.scheme == .https })
        }
        #expect(EdgeProbes(before).probes.contains { $0.serverName == "unknown.invalid" })
    }

    @Test(arguments: [
        ("/foo(/|$)(.*)", "/foo"), ("/foo/bar?", "/foo/ba"), ("/(a|b)", "/"), ("/a|/b", "/"), ("\\w+", "/"),
    ])
    func `an expression is probed around what it begins with`(pattern: String, target: String) throws {
        let path = PathMatch.expression(try RegularExpression(pattern))
        let probes = EdgeProbes(try configuration([path, try prefix("/")])).probes
        #expect(probes.contains { $0.request.target == target && $0.isEssential })
        #expect(probes.contains { $0.request.target == "\(target)x" && $0.isEssential })
    }

    @Test func `no request is made twice`() throws {
        let probes = EdgeProbes(try configuration([try prefix("/a"), try prefix("/a/"), try prefix("/")])).probes
        #expect(Set(probes.map(\.request)).count == probes.count)
    }

    @Test func `a sample takes what is essential first, and of each host alike`() throws {
        let hosts = (0..<10).map { "h\($0).example" }
        let all = EdgeProbes(try configuration([try prefix("/a"), try prefix("/")], hosts: hosts))
        let essential = all.probes.filter(\.isEssential)
        #expect(all.sample(essential.count + 7).filter(\.isEssential) == essential)
        #expect(all.sample(essential.count + 7).count == essential.count + 7)
        let few = all.sample(50)
        #expect(few.count == 50)
        #expect(Set(few.map(\.serverName)).isSuperset(of: hosts))
    }

    @Test func `without HTTPS nothing is probed by it`() throws {
        var configuration = try configuration([try prefix("/")])
        configuration.listeners.removeLast()
        #expect(EdgeProbes(configuration).probes.allSatisfy { $0.request.scheme == .http })
    }

    @Test func `preflights of allowed and other origins are probed once for each policy`() throws {
        let https = try #require(OriginScheme("https"))
        let host = OriginHost.oneLabel(under: try #require(HostName("pages.example")))
        let list = try #require(OriginList([.opaque, .pages(of: https, at: host, port: nil)]))
        var configuration = try configuration([try prefix("/a b"), try prefix("/c"), try prefix("/")])
        for index in 0...1 {
            configuration.servers[0].locations[index].policy = ByReference(
                LocationPolicy(cors: CORSPolicy(origins: .listed(list)))
            )
        }
        let requests = EdgeProbes(configuration).probes.map(\.request).filter { $0.method == "OPTIONS" }
        #expect(requests.map(\.target) == ["/a%20b", "/a%20b", "/a%20b"])
        #expect(
            requests.map { $0.headers["origin"] } == ["https://one.pages.example", "null", "https://unlisted.invalid"]
        )
        #expect(requests.map { configuration.route($0).outcome } == [.preflight, .preflight, .answered(.notFound)])
    }
}
