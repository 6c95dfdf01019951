import NginxSyntax
import ProxyConfiguration
import Testing

struct EndpointTableTests {
    private func name(_ upstream: String, _ port: Int = 8_080) throws -> EndpointGroup? {
        EndpointGroup(ofUpstream: try #require(Identifier(upstream)), port: try #require(PortNumber(port)))
    }

    @Test func `a name tells the Service and both ports`() throws {
        let host = try name("1a2b3c_shop_web_80")?.host.value
        #expect(host == "8080.80.web.shop.endpoints.postern.internal")
    }

    @Test func `upstreams of one port with other policies have other names`() throws {
        let names = try ["1a2b3c_shop_web_80", "1a2b3c_shop_web_80_x1", "1a2b3c_shop_web_http_80"].map { try name($0) }
        #expect(Set(names).count == 3)
        #expect(!names.contains(nil))
    }

    @Test(arguments: [
        "web", "1a2b3c_shop_web", "1a2b3c_shop_web.api_80", "1a2b3c_sh.op_web_80", "1a2b3c_shop_-web_80",
        "1a2b3c_shop__80", "1a2b3c_shop_web_80_x_y", "1a2b3c_shop_\(String(repeating: "w", count: 64))_80",
    ])
    func `what is no label of DNS has no name`(_ upstream: String) throws {
        #expect(try name(upstream) == nil)
    }

    @Test func `a table counts what it holds`() throws {
        var table = EndpointTable()
        let (web, api) = (try #require(try name("1_shop_web_80")), try #require(try name("1_shop_api_80")))
        let addresses = try ["10.0.0.1", "10.0.0.2", "fd00::1"].map { try #require(IPAddress($0)) }
        table.set(web, to: addresses)
        table.set(api, to: [addresses[0]])
        #expect(table.count == 4)
        table.set(web, to: [addresses[1]])
        #expect(table.count == 2)
        #expect(table[[web]].map(\.description) == ["10.0.0.2:8080"])
        table.set(web, to: nil)
        table.set(api, to: [])
        #expect(table == EndpointTable())
        #expect(table.lookup(at: .internet(.loopback, .dns)) == nil)
    }

    @Test(arguments: [(1, 1), (200, 1), (201, 4), (800, 4), (801, 16), (3_200, 16), (3_201, 64), (50_000, 64)])
    func `the more names there are, the more addresses of the server nginx has a socket for`(_ names: Int, _ count: Int)
        throws
    {
        var table = EndpointTable()
        for port in 1...names {
            table.set(try #require(try name("1a2b3c_shop_web_80", port)), to: [.loopback])
        }
        let lookup = try #require(table.lookup(at: .internet(.loopback, .dns)))
        #expect(lookup.servers == EndpointLookup.addresses.prefix(count).map { .internet($0, .dns) })
        #expect(lookup.servers.first == .internet(.loopback, .dns))
        // No other server has more than the address that it is said to have.
        let other = SocketAddress.internet(.documentation, .dns)
        #expect(table.lookup(at: other)?.servers == [other])
    }

    @Test func `there is room for four times as many endpoints, in large steps`() {
        let counts = [(1, 1), (500, 3_000), (1_000, 10_000), (10_000, 30_000), (10_000, 250_000), (60_000, 5_000_000)]
        let sizes = counts.map { EndpointLookup.memory(names: $0, addresses: $1).description }
        #expect(sizes == ["16m", "16m", "64m", "256m", "4096m", "4096m"])
        for (names, addresses) in counts.dropLast() {
            let size = EndpointLookup.memory(names: names, addresses: addresses)
            #expect(size.bytes >= 4 * (1_650 * names + 820 * addresses))
        }
    }
}
