import NginxSyntax
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        ("10.0.0.1", "10.0.0.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("::", "[::]"),
        ("::1", "[::1]"), ("FD00::0001", "[fd00::1]"), ("2001:db8:0:0:1:0:0:1", "[2001:db8::1:0:0:1]"),
        ("2001:db8:0:1:1:1:1:1", "[2001:db8:0:1:1:1:1:1]"), ("::ffff:10.0.0.1", "[::ffff:10.0.0.1]"),
        ("::ffff:a00:1", "[::ffff:10.0.0.1]"), ("1:0:0:2:0:0:0:3", "[1:0:0:2::3]"), ("1::", "[1::]"),
        ("1:2:3:4:5:6:7::", "[1:2:3:4:5:6:7:0]"), ("64:ff9b::192.0.2.33", "[64:ff9b::c000:221]"),
    ])
    func `reads an address, and prints its canonical form`(_ text: String, _ printed: String) throws {
        #expect(try #require(IPAddress(text)).printedForm == printed)
    }

    @Test(arguments: [
        "", "10.0.0", "10.0.0.0.1", "10.0.0.256", "010.0.0.1", "10.0.0.+1", "10.0.0.1 ", "10..0.1", "1:2", ":", ":::",
        "1:::2", "::1::", "12345::", "g::", "[::1]", "fe80::1%eth0", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::+1",
        "1.2.3.4::", "::1.2.3.4:1", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "٣.0.0.1",
    ])
    func `refuses what is no address`(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `knows the addresses that only this machine reaches`() {
        let loopback = ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"]
        let others = ["128.0.0.1", "10.0.0.1", "::", "::2", "::ffff:10.0.0.1", "fe80::1"]
        #expect(loopback.allSatisfy { IPAddress($0)?.isLoopback == true })
        #expect(others.allSatisfy { IPAddress($0)?.isLoopback == false })
    }

    @Test(arguments: [
        ("10.1.2.3/8", "10.0.0.0/8"), ("10.0.0.1", "10.0.0.1"), ("10.0.0.1/32", "10.0.0.1"), ("0.0.0.0/0", "0.0.0.0/0"),
        ("fd00:1::/8", "fd00::/8"), ("::1", "::1"), ("::/0", "::/0"), ("255.255.255.255/31", "255.255.255.254/31"),
    ])
    func `reads a network, and clears the bits behind its prefix`(_ text: String, _ printed: String) throws {
        #expect(try #require(CIDRBlock(text)).printedForm == printed)
    }

    @Test(arguments: [
        "", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "a/8",
    ])
    func `refuses what is no network`(_ text: String) {
        #expect(CIDRBlock(text) == nil)
    }

    @Test func `a network contains its addresses`() throws {
        let network = try #require(CIDRBlock("10.0.0.0/9"))
        #expect(["10.0.0.0", "10.127.255.255"].allSatisfy { IPAddress($0).map(network.contains) == true })
        #expect(
            ["10.128.0.0", "11.0.0.0", "::ffff:10.0.0.1"].allSatisfy { IPAddress($0).map(network.contains) == false }
        )
    }

    @Test func `a socket address prints as listen and server take it`() throws {
        let port = try #require(PortNumber(80))
        let printed = try [
            .internet(#require(IPAddress("10.0.0.1")), port), .internet(#require(IPAddress("fd00::1")), port),
            .port(port), .anyIPv6(port), .unix(#require(FilePath("/run/a.sock"))),
            .unix(#require(FilePath("/run/a b"))),
        ].map { (address: SocketAddress) in address.description }
        #expect(printed == ["10.0.0.1:80", "[fd00::1]:80", "80", "[::]:80", "unix:/run/a.sock", #""unix:/run/a b""#])
    }
}
