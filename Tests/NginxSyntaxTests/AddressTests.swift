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
        "::-0", "1.2.3.4::", "::1.2.3.4:1", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:",
        "٣.0.0.1",
    ])
    func `refuses what is no address`(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        arguments: [
            ("0.0.0.0", .unspecified), ("0.1.2.3", .unspecified), ("::", .unspecified), ("127.0.0.1", .loopback),
            ("127.9.9.9", .loopback), ("::1", .loopback), ("169.254.169.254", .linkLocal), ("fe80::1", .linkLocal),
            ("febf:ffff::1", .linkLocal), ("224.0.0.1", .multicast), ("239.255.255.255", .multicast),
            ("ff02::1", .multicast), ("255.255.255.255", .broadcast), ("::ffff:127.0.0.1", .mapped),
            ("::ffff:10.0.0.1", .mapped), ("::7f00:1", .mapped), ("64:ff9b::127.0.0.1", .loopback),
            ("64:ff9b:1::169.254.169.254", .linkLocal), ("::ffff:0:127.0.0.1", .loopback),
            ("2002:7f00:1::1", .loopback), ("2002:0:0::", .unspecified),
        ] as [(String, IPAddress.SpecialUse)]
    )
    func `knows the addresses that no other machine has to itself`(_ text: String, _ use: IPAddress.SpecialUse) {
        #expect(IPAddress(text)?.specialUse == use)
    }

    @Test(arguments: [
        "1.0.0.0", "10.0.0.1", "126.255.255.255", "128.0.0.1", "169.253.255.255", "169.255.0.0", "192.0.2.1",
        "223.255.255.255", "240.0.0.1", "255.255.255.254", "1::", "fe7f::1", "fec0::1", "fd00::1", "feff::1",
        "64:ff9b::10.0.0.1", "2002:a00:1::1", "2001:db8::1",
    ])
    func `takes any other address for a machine's`(_ text: String) throws {
        #expect(try #require(IPAddress(text)).specialUse == nil)
    }

    @Test(arguments: [
        ("0.0.0.0/0", true, false), ("::/0", false, true), ("0.0.0.0/0 ::/0", true, true),
        ("0.0.0.0/1 128.0.0.0/1", true, false), ("128.0.0.0/1 0.0.0.0/1", true, false),
        ("0.0.0.0/1 128.0.0.0/2", false, false), ("0.0.0.0/1 64.0.0.0/2 128.0.0.0/1", true, false),
        ("0.0.0.1/32 0.0.0.0/0", true, false), ("128.0.0.0/1", false, false), ("::/1 8000::/1", false, true),
        ("::/1 8000::/2", false, false), ("", false, false), ("10.0.0.0/8", false, false),
    ])
    func `networks cover a family where they leave no address out`(_ list: String, _ ipv4: Bool, _ ipv6: Bool) throws {
        let networks = try list.split(separator: " ").map { try #require(CIDRBlock(String($0))) }
        #expect(networks.cover(.ipv4) == ipv4)
        #expect(networks.cover(.ipv6) == ipv6)
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
