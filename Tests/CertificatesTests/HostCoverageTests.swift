import SwiftASN1
import Testing
import X509

@testable import Certificates

struct HostCoverageTests {
    private func bundle(names: [GeneralName], commonName: String = "cn.example") throws -> CertificateBundle {
        try CertificateBundle(TestAuthority("root").issue(commonName, hosts: names))
    }

    @Test(arguments: [
        ("a.example", "a.example", true),
        ("A.Example", "a.example", true),
        ("a.example", "A.EXAMPLE", true),
        ("a.example", "b.example", false),
        ("a.example", "x.a.example", false),
        ("*.example", "a.example", true),
        ("*.EXAMPLE", "a.example", true),
        ("*.example", "example", false),
        ("*.example", "a.b.example", false),
        ("*.example", ".example", false),
        ("*.example", "*.example", true),
        ("*.example", "*.a.example", false),
        ("a.example", "*.example", false),
        ("f*.example", "foo.example", false),
        ("a.*.example", "a.b.example", false),
        ("*", "example", false),
        ("*.*.example", "a.b.example", false),
        ("xn--bcher-kva.example", "xn--bcher-kva.example", true),
        ("a.example", "", false),
        ("a.example", "a.example.", false),
        ("a_b.example", "a_b.example", true),
    ])
    func `a DNS name covers itself, and a wildcard one whole label`(
        name: String,
        host: String,
        isCovered: Bool
    ) throws {
        #expect(try bundle(names: [.dnsName(name)]).covers(host) == isCovered)
    }

    @Test func `an IP address covers no host`() throws {
        let bundle = try bundle(names: [.ipAddress(.init(contentBytes: [192, 0, 2, 1]))])
        #expect(!bundle.covers("192.0.2.1"))
    }

    @Test func `the common name counts only where there is no DNS name at all`() throws {
        let address = GeneralName.ipAddress(.init(contentBytes: [192, 0, 2, 1]))
        #expect(try bundle(names: []).covers("cn.example"))
        #expect(try bundle(names: [address]).covers("cn.example"))
        #expect(try !bundle(names: [.dnsName("a.example")]).covers("cn.example"))
        #expect(try !bundle(names: [.dnsName("not a host")]).covers("cn.example"))
    }

    @Test func `the hosts are those that clients accept, in lower case`() throws {
        let names: [GeneralName] = [.dnsName("A.example"), .dnsName("*.b.example"), .dnsName("x y"), .dnsName("c\0d")]
        #expect(try bundle(names: names).hosts == ["a.example", "*.b.example"])
        #expect(try bundle(names: [], commonName: "Example Company").hosts == [])
    }
}
