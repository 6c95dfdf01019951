import CCurlShim

/// Why a request of a session has no answer, or no whole one.
package enum TransferError: Error, Hashable {
    /// No connection could be made.
    case unreachable(String)
    /// The server is not the one that is trusted, or does not trust us.
    case untrusted(String)
    /// The connection ended before the answer did.
    case lost(String)
    case timedOut
    /// A part of the request cannot be sent, such as a file of a key that is missing.
    case unusable(String)
    case cancelled
}

extension TransferError {
    init(_ code: CURLcode, _ text: String) {
        self =
            switch code {
            case CURLE_OPERATION_TIMEDOUT: .timedOut
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_PROXY:
                .unreachable(text)
            case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CIPHER:
                .untrusted(text)
            case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE, CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
                .unusable(text)
            default: .lost(text)
            }
    }
}
