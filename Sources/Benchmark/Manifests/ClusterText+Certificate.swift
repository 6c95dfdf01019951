import Certificates
import Diagnostics

extension ClusterText {
    /// A certificate for the host of an Ingress, and its key, in PEM.
    static func certificate(_ number: Int) throws -> String {
        let bundle = try SelfSignedCertificate.make(
            dnsName: host(number),
            notBefore: 1_735_689_600,
            notAfter: 1_893_456_000
        )
        return String(decoding: bundle.content.bytes, as: UTF8.self)
    }
}
