import Diagnostics
import Testing
import X509

@testable import Certificates

/// The served part of a chain, and the warnings about it.
struct ChainTests {
    private let root: TestAuthority
    private let middle: TestAuthority
    private let leaf: TestAuthority
    private let stranger: TestAuthority

    init() throws {
        root = try TestAuthority("root")
        middle = try root.issue("middle")
        leaf = try middle.issue("leaf", hosts: [.dnsName("a.example")])
        stranger = try TestAuthority("stranger")
    }

    /// Serves certificates whose first belongs to the leaf's key, at a time when all of them are valid.
    private func served(_ chain: TestAuthority...) throws -> (chain: String, warnings: [CertificateWarning]) {
        let bundle = try CertificateBundle(chain.map(\.pem).joined(), key: leaf.keyPEM)
        let text = String(decoding: bundle.content.bytes, as: UTF8.self)
        return (text.replacing(leaf.keyPEM, with: ""), bundle.warnings(at: TestAuthority.start))
    }

    @Test func `a chain in order is served as it is, with and without its root`() throws {
        for chain in [[leaf], [leaf, middle], [leaf, middle, root]] {
            let bundle = try CertificateBundle(chain.map(\.pem).joined(), key: leaf.keyPEM)
            let text = String(decoding: bundle.content.bytes, as: UTF8.self)
            #expect(text == chain.map(\.pem).joined() + leaf.keyPEM)
            #expect(bundle.warnings(at: TestAuthority.start) == [])
        }
    }

    @Test func `certificates that are in no order are served each issued by the next`() throws {
        let (chain, warnings) = try served(leaf, root, middle)
        #expect(chain == leaf.pem + middle.pem + root.pem)
        #expect(warnings == [.outOfOrder])
    }

    @Test func `a certificate that stands there again is served once`() throws {
        let (chain, warnings) = try served(leaf, leaf, middle, middle, leaf)
        #expect(chain == leaf.pem + middle.pem)
        #expect(
            warnings == [
                .repeated(index: 2, first: 1), .repeated(index: 4, first: 3), .repeated(index: 5, first: 1),
            ]
        )
    }

    @Test func `a certificate that issued none of the others is served at the end`() throws {
        let (chain, warnings) = try served(leaf, stranger, middle)
        #expect(chain == leaf.pem + middle.pem + stranger.pem)
        #expect(warnings == [.unrelated(index: 2)])
    }

    @Test func `with an intermediate missing, what is above it cannot be known for its issuer`() throws {
        let (chain, warnings) = try served(leaf, root)
        #expect(chain == leaf.pem + root.pem)
        #expect(warnings == [.unrelated(index: 2)])
    }

    @Test func `a namesake of the issuer with another key is not the issuer`() throws {
        let namesake = try root.issue("middle")
        let (chain, warnings) = try served(leaf, namesake, middle)
        #expect(chain == leaf.pem + middle.pem + namesake.pem)
        #expect(warnings == [.unrelated(index: 2)])
    }

    @Test func `an intermediate that two roots signed is served with both`() throws {
        let other = try TestAuthority("other")
        let crossed = try other.certify(middle)
        let (chain, warnings) = try served(leaf, middle, root, crossed, other)
        #expect(chain == leaf.pem + middle.pem + root.pem + crossed.pem + other.pem)
        #expect(warnings == [])
        #expect(try served(leaf, middle, crossed, root).warnings == [.outOfOrder])
    }

    @Test func `a chain of namesakes without end costs a bounded time`() throws {
        let namesakes = try (1...63).map { _ in try TestAuthority("middle") }
        let bundle = try CertificateBundle(leaf.pem + namesakes.map(\.pem).joined(), key: leaf.keyPEM)
        #expect(bundle.warnings(at: TestAuthority.start).count == 63)
    }

    @Test func `a certificate is valid from its first to its last second`() throws {
        let bundle = try CertificateBundle(leaf)
        let (start, end) = (TestAuthority.start, TestAuthority.end)
        #expect(bundle.notBefore == start)
        #expect(bundle.notAfter == end)
        #expect(bundle.warnings(at: start - 1) == [.notYetValid(index: 1, notBefore: start)])
        #expect(bundle.warnings(at: start) == [])
        #expect(bundle.warnings(at: end) == [])
        #expect(bundle.warnings(at: end + 1) == [.expired(index: 1, notAfter: end)])
    }

    @Test func `an intermediate can expire too, but a root or a stranger does not matter`() throws {
        let end = TestAuthority.end
        let middle = try root.issue("short", until: end - 100)
        let leaf = try middle.issue("leaf", until: end + 100)
        let bundle = try CertificateBundle(leaf.pem + stranger.pem + root.pem + middle.pem, key: leaf.keyPEM)
        let warnings = { (time: Int64) in bundle.warnings(at: time).filter { $0 != .outOfOrder } }
        #expect(warnings(end - 100) == [.unrelated(index: 2)])
        #expect(warnings(end - 99) == [.unrelated(index: 2), .expired(index: 4, notAfter: end - 100)])
        let direct = try root.issue("direct", until: end + 100)
        #expect(try CertificateBundle(direct.pem + root.pem, key: direct.keyPEM).warnings(at: end + 50) == [])
    }
}
