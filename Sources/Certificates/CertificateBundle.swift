package import Diagnostics

/// A certificate chain with its private key, which belong together and can be served.
///
/// Nothing here reads the time: whether the certificate is valid now is asked with ``problem(at:)``.
package struct CertificateBundle: Sendable, Hashable {
    /// The largest `tls.crt` and the largest `tls.key`, in bytes; a Secret of Kubernetes holds no more.
    package static let largestPart = 1 << 20

    /// What nginx reads as certificate and as key from one file: PEM, the server's own certificate first, the key last.
    ///
    /// Written anew from the parsed bytes, so that no other text of the input is in it. A bundle made of this
    /// content as both of its parts is equal.
    package let content: SecretBytes
    /// What may be printed and compared: a line for each certificate, and the digest of the public key as the last.
    package let summary: [String]
    /// The lower-case hosts, and wildcards such as `*.shop.example`, that the certificate is for.
    package let hosts: [String]
    /// The validity of the server's own certificate, both ends included, in seconds since 1970.
    package let notBefore: Int64
    package let notAfter: Int64
    private let periods: [ValidityPeriod]

    /// Checks the values `tls.crt` and `tls.key` of a Secret.
    package init(
        certificateChain: SecretBytes,
        privateKey: SecretBytes
    ) throws(CertificateProblem) {
        try Self.checkSize(of: .certificateChain, certificateChain)
        try Self.checkSize(of: .privateKey, privateKey)
        let chain = try CertificateChain(PEMReader.blocks(of: .certificateChain, in: certificateChain))
        let key = try ServerKey(PEMReader.blocks(of: .privateKey, in: privateKey))
        if let problem = chain.problem(ofKey: key.publicKey) { throw problem }
        if let problem = chain.orderProblem { throw problem }

        content = Self.content(of: chain, key)
        summary = Self.summary(of: chain)
        hosts = chain.leaf.hosts
        notBefore = chain.leaf.notBefore
        notAfter = chain.leaf.notAfter
        periods = chain.periods
    }

    /// What is wrong at a time, in seconds since 1970: a certificate that expired or is not valid yet.
    package func problem(at now: Int64) -> CertificateProblem? {
        periods.lazy.compactMap { $0.problem(at: now) }.first
    }

    /// Whether clients that ask for a host, or for any host of a wildcard such as `*.shop.example`, accept it.
    package func covers(_ host: String) -> Bool {
        guard let host = HostPattern(host) else { return false }
        return hosts.compactMap(HostPattern.init).contains { $0.covers(host) }
    }

    private static func checkSize(of part: CertificatePart, _ value: SecretBytes) throws(CertificateProblem) {
        let isBlank = value.bytes.allSatisfy { $0 == UInt8(ascii: " ") || (9...13).contains($0) }
        guard !isBlank else { throw .missing(part) }
        guard value.bytes.count <= largestPart else { throw .tooLarge(part, limit: largestPart) }
    }

    private static func content(of chain: CertificateChain, _ key: ServerKey) -> SecretBytes {
        let blocks = chain.certificates.map { PEMBlock.encode(SecretBytes($0.encoded), label: "CERTIFICATE") }
        return SecretBytes(blocks.flatMap(\.bytes) + key.pem.bytes)
    }

    private static func summary(of chain: CertificateChain) -> [String] {
        let lines = chain.certificates.enumerated().map { "certificate \($0 + 1): \($1)" }
        let key = chain.leaf.publicKey
        return lines + ["public key: \(key.material); SHA-256 \(key.digest)"]
    }
}

extension CertificateBundle: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { summary.joined(separator: "\n") }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["summary": summary]) }
}
