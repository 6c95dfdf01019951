import NginxSyntax
import ProxyConfiguration
import Testing

@testable import NginxControl

struct WrittenEndpointsTests {
    private let configuration: Configuration
    private let table: EndpointTable

    init() throws {
        var table = EndpointTable()
        let port = try #require(PortNumber(8_080))
        let upstreams = try ["a", "b", "c", "d"].map { service in
            let name = try #require(Identifier("1x2y3z_shop_\(service)_80"))
            let group = try #require(EndpointGroup(ofUpstream: name, port: port))
            table.set(group, to: try ["10.0.0.1", "fd00::1"].map { try #require(IPAddress($0)) })
            return Upstream(name: name, servers: [], names: [group])
        }
        self.table = table
        configuration = Configuration(
            listeners: [],
            fallbackCertificate: try #require(FilePath("tls/default.pem")),
            upstreams: upstreams,
            servers: []
        )
    }

    private func written() -> WrittenEndpoints {
        var written = WrittenEndpoints()
        written.write(configuration.upstreams[0], .besideNames, table)
        written.write(configuration.upstreams[1], .insteadOfNames, table)
        return written
    }

    @Test func `a configuration has them beside names or in their place`() {
        let upstreams = written().written(in: configuration).upstreams
        #expect(upstreams[0].servers.map(\.description) == ["10.0.0.1:8080", "[fd00::1]:8080"])
        #expect(upstreams[0].names == configuration.upstreams[0].names)
        #expect(upstreams[1].servers == upstreams[0].servers)
        #expect(upstreams[1].names.isEmpty)
        #expect(upstreams[2...] == configuration.upstreams[2...])
    }

    @Test func `they are current until one of them changes`() throws {
        var other = table
        other.set(configuration.upstreams[2].names[0], to: nil)
        #expect(written().areCurrent(in: other))
        other.set(configuration.upstreams[1].names[0], to: [try #require(IPAddress("10.0.0.1"))])
        #expect(!written().areCurrent(in: other))
        #expect(WrittenEndpoints().areCurrent(in: other))
    }

    @Test func `they are read from a configuration that has them`() {
        let names = configuration.upstreams.map(\.name)
        let text = """
            http {
                upstream \(names[0]) {
                    zone endpoints 16m;
                    server 10.0.0.1:8080 max_fails=0;
                    server [fd00::1]:8080 max_fails=0;
                    server \(configuration.upstreams[0].names[0]) resolve max_fails=0;
                }
                upstream \(names[1]) {
                    server 10.0.0.1:8080 max_fails=0;
                    server [fd00::1]:8080 max_fails=0;
                }
                upstream \(names[2]) {
                    zone endpoints 16m;
                    server \(configuration.upstreams[2].names[0]) resolve max_fails=0;
                }
                upstream \(names[3]) { server unix:/x max_fails=0; }
                upstream other { server 10.0.0.1:8080; }
            }
            """
        #expect(WrittenEndpoints(in: Array(text.utf8), of: configuration) == written())
        #expect(WrittenEndpoints(in: Array("http {".utf8), of: configuration).isEmpty)
    }
}
