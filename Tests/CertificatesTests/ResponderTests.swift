import Diagnostics
import Testing

@testable import Certificates

/// Whom a certificate names to tell whether it is revoked.
struct ResponderTests {
    private static let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"

    /// The certificate `own.crt` with a key of its own, issued by `root.crt`, and an extension.
    private func bundle(_ access: String?, withIssuer: Bool = true) throws -> CertificateBundle {
        let bench = try Workbench()
        try bench.openssl("req -x509 \(Self.key) -keyout root.key -out root.crt -subj /CN=root -days 30")
        try bench.openssl("req -new \(Self.key) -keyout own.key -out own.csr -subj /CN=a.example")
        try bench.write(access.map { "authorityInfoAccess=\($0)\n" } ?? "basicConstraints=CA:FALSE\n", to: "own.cnf")
        let issuer = "-CA root.crt -CAkey root.key -CAcreateserial"
        try bench.openssl("x509 -req -in own.csr \(issuer) -extfile own.cnf -out own.crt")
        let chain = try bench.read("own.crt").bytes + (withIssuer ? try bench.read("root.crt").bytes : [])
        try bench.write(String(decoding: chain, as: UTF8.self), to: "tls.crt")
        return try bench.bundle("tls.crt", "own.key")
    }

    @Test(
        arguments: [
            (nil, nil), ("OCSP;URI:http://ocsp.example/a", "http://ocsp.example/a"),
            ("caIssuers;URI:http://root.example/root.crt", nil), ("OCSP;DNS:ocsp.example", nil),
            ("caIssuers;URI:http://a.example,OCSP;URI:http://b.example,OCSP;URI:http://c.example", "http://b.example"),
        ] as [(String?, String?)]
    )
    func `is the first responder of OCSP by a URL`(_ access: String?, _ responder: String?) throws {
        #expect(try bundle(access).responder == responder)
    }

    @Test(arguments: [true, false]) func `can be asked where the chain holds the issuer`(_ has: Bool) throws {
        let bundle = try bundle("OCSP;URI:http://ocsp.example", withIssuer: has)
        #expect(bundle.responder == "http://ocsp.example")
        #expect(bundle.hasIssuer == has)
    }
}
