import TextCoding

/// A defect of a certificate that can be served all the same.
///
/// No payload holds bytes of the input. Certificates are counted from 1, in the order of `tls.crt`.
package enum CertificateWarning: Sendable, Hashable {
    /// They do not stand in the order in which each is issued by the next.
    case outOfOrder
    /// This certificate is the same as an earlier one.
    case repeated(index: Int, first: Int)
    /// This certificate has issued none of those that lead from the first one.
    case unrelated(index: Int)
    case expired(index: Int, notAfter: Int64)
    case notYetValid(index: Int, notBefore: Int64)
}

extension CertificateWarning {
    /// The defect and its effect, for people: one line without a full stop.
    package var message: String {
        switch self {
        case .outOfOrder:
            "the certificates of tls.crt are out of order; they are served each issued by the next"
        case .repeated(let index, let first):
            "certificate \(index) of tls.crt is the same as certificate \(first); it is served once"
        case .unrelated(let index):
            "certificate \(index) of tls.crt has issued none of the others; clients pass over it"
        case .expired(let index, let notAfter):
            "certificate \(index) of tls.crt expired at \(UTCTimestamp(notAfter)); clients refuse it"
        case .notYetValid(let index, let notBefore):
            "certificate \(index) of tls.crt is not valid before \(UTCTimestamp(notBefore)); clients refuse it"
        }
    }
}
