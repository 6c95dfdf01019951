/// The certificates of `tls.crt` in the order in which they are served, and what is wrong with the one that they came in.
///
/// Clients of TLS 1.3 take any order behind the first ([RFC 8446](https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2)),
/// and some of TLS 1.2 only one in which each is issued by the next: so that is the one. Whatever leads from the
/// first one nowhere stands at the end, since a client may know more than we do, and is never left out.
struct ServedChain: Sendable, Hashable {
    private(set) var certificates: [ParsedCertificate] = []
    private(set) var warnings: [CertificateWarning] = []
    /// When those are valid that lead from the first one; without a root at the end, of which clients have their own.
    private(set) var periods: [ValidityPeriod] = []
    /// Whether the second one issued the first.
    private(set) var hasIssuer = false

    init(of chain: CertificateChain) {
        var issuers = IssuerSearch(chain.certificates)
        let unique = Self.unique(chain.certificates, &warnings)
        let path = issuers.path(from: unique)
        let related = issuers.related(to: path, among: unique)
        let order = path + related
        let strangers = unique.filter { !order.contains($0) }
        if order != unique.filter({ !strangers.contains($0) }) { warnings.append(.outOfOrder) }
        warnings += strangers.map { .unrelated(index: $0 + 1) }
        certificates = (order + strangers).map { chain.certificates[$0] }
        hasIssuer = path.count > 1
        periods = path.filter { $0 == 0 || !issuers.isSelfSigned($0) }.map { index in
            let certificate = chain.certificates[index]
            return ValidityPeriod(
                index: index + 1,
                notBefore: certificate.notBefore,
                notAfter: certificate.notAfter
            )
        }
    }

    /// The places of the certificates, each only once.
    private static func unique(_ certificates: [ParsedCertificate], _ warnings: inout [CertificateWarning]) -> [Int] {
        var places: [[UInt8]: Int] = [:]
        var unique: [Int] = []
        for (index, certificate) in certificates.enumerated() {
            if let first = places[certificate.encoded] {
                warnings.append(.repeated(index: index + 1, first: first + 1))
            } else {
                places[certificate.encoded] = index
                unique.append(index)
            }
        }
        return unique
    }
}

/// Finds who issued whom among certificates, by their places.
private struct IssuerSearch {
    private let certificates: [ParsedCertificate]
    /// How many signatures may yet be verified: those of namesakes without end are not, and their names decide.
    private var verifications = 256
    private var known: [Pair: Bool] = [:]

    private struct Pair: Hashable {
        var subject: Int
        var issuer: Int
    }

    init(_ certificates: [ParsedCertificate]) {
        self.certificates = certificates
    }

    /// From the first of some certificates to whoever issued it, and so on.
    mutating func path(from unique: [Int]) -> [Int] {
        var path: [Int] = []
        var next = unique.first
        while let index = next {
            path.append(index)
            // Where none is left, nobody's signature needs to be verified.
            if path.count == unique.count || isSelfSigned(index) { break }
            next = unique.first { !path.contains($0) && isIssued(index, by: $0) }
        }
        return path
    }

    /// Others that issued one of a path, or one of these.
    mutating func related(to path: [Int], among unique: [Int]) -> [Int] {
        var related: Set<Int> = []
        var subjects = path
        while let subject = subjects.popLast() {
            for index in unique where !path.contains(index) && !related.contains(index) && isIssued(subject, by: index)
            {
                related.insert(index)
                subjects.append(index)
            }
        }
        return unique.filter(related.contains)
    }

    mutating func isSelfSigned(_ index: Int) -> Bool { isIssued(index, by: index) }

    /// A signature counts only where it can be verified.
    private mutating func isIssued(_ subject: Int, by issuer: Int) -> Bool {
        guard certificates[subject].issuer.isSame(as: certificates[issuer].subject) else { return false }
        let pair = Pair(subject: subject, issuer: issuer)
        if let answer = known[pair] { return answer }
        guard verifications > 0 else { return true }
        verifications -= 1
        let answer = certificates[subject].signature.isValid(by: certificates[issuer].publicKey) != false
        known[pair] = answer
        return answer
    }
}

/// When a certificate of a chain is valid.
struct ValidityPeriod: Sendable, Hashable {
    /// The certificate, counted from 1.
    let index: Int
    let notBefore: Int64
    let notAfter: Int64

    func warning(at now: Int64) -> CertificateWarning? {
        if now > notAfter { return .expired(index: index, notAfter: notAfter) }
        return now < notBefore ? .notYetValid(index: index, notBefore: notBefore) : nil
    }

    /// The time around a moment in which the warning stays what it is then.
    func steadyTime(around now: Int64) -> ClosedRange<Int64> {
        if now > notAfter { return (notAfter + 1)...Int64.max }
        return now < notBefore ? Int64.min...(notBefore - 1) : notBefore...notAfter
    }
}
