import Curl
import Diagnostics

/// Why a request to an API server was not served.
package enum APIError: Error, Hashable, CustomStringConvertible {
    /// No connection, or one that ended too early.
    case unreachable(String)
    case timedOut
    /// The server's certificate is not trusted, or it does not trust ours.
    case untrusted(String)
    /// Nothing was sent, since the credentials cannot be had or the configuration cannot be used.
    case unusable(String)
    /// 401: the credentials are not, or no longer, taken.
    case unauthorized(APIStatus)
    /// 403: the message says what RBAC lacks.
    case forbidden(APIStatus)
    case notFound(APIStatus)
    /// 409: somebody else has changed the object, or was faster to create it.
    case conflict(APIStatus)
    /// 410: the resource version, or the rest of a list, is too old to be told.
    case gone(APIStatus)
    /// 400, 422 and the like: the same request will never be served.
    case invalid(APIStatus)
    /// 429; `retryAfter` is what the server asks for.
    case tooManyRequests(APIStatus, retryAfter: Duration?)
    case server(APIStatus, retryAfter: Duration?)
    /// The answer is larger than `limit` bytes.
    case tooLarge(limit: Int)
    /// The answer is not what was asked for.
    case unexpected(String)
    case cancelled

    package var description: String {
        switch self {
        case .unreachable(let reason): "the API server cannot be reached: \(reason)"
        case .timedOut: "the API server did not answer in time"
        case .untrusted(let reason): "no trusted connection to the API server: \(reason)"
        case .unusable(let reason): reason
        case .unauthorized(let status), .forbidden(let status), .notFound(let status), .conflict(let status),
            .gone(let status), .invalid(let status), .tooManyRequests(let status, _), .server(let status, _):
            status.description
        case .tooLarge(let limit): "the API server's answer is larger than \(limit >> 20) MiB"
        case .unexpected(let reason): "the API server's answer is of no use: \(reason)"
        case .cancelled: "the request was cancelled"
        }
    }

    /// The Status object of the server; `nil` where there is none.
    package var status: APIStatus? {
        switch self {
        case .unauthorized(let status), .forbidden(let status), .notFound(let status), .conflict(let status),
            .gone(let status), .invalid(let status), .tooManyRequests(let status, _), .server(let status, _):
            status
        case .unreachable, .timedOut, .untrusted, .unusable, .tooLarge, .unexpected, .cancelled: nil
        }
    }

    /// How long the server asks to wait before the next request.
    package var retryAfter: Duration? {
        switch self {
        case .tooManyRequests(_, let retryAfter), .server(_, let retryAfter): retryAfter
        default: nil
        }
    }

    init(_ status: APIStatus, retryAfter: Duration? = nil) {
        self =
            switch status.code {
            case 401: .unauthorized(status)
            case 403: .forbidden(status)
            case 404: .notFound(status)
            case 409: .conflict(status)
            case 410: .gone(status)
            case 429: .tooManyRequests(status, retryAfter: retryAfter)
            case 400..<500: .invalid(status)
            default: .server(status, retryAfter: retryAfter)
            }
    }

    init(_ error: TransferError) {
        self =
            switch error {
            case .unreachable(let reason), .lost(let reason): .unreachable(reason)
            case .untrusted(let reason): .untrusted(reason)
            case .unusable(let reason): .unusable(reason)
            case .timedOut: .timedOut
            case .cancelled: .cancelled
            }
    }
}

extension APIError {
    /// The kind of failure, in a word: for labels, and to know a failure for one that goes on.
    package var word: String {
        switch self {
        case .unreachable: "unreachable"
        case .timedOut: "timed_out"
        case .untrusted: "untrusted"
        case .unusable: "unusable"
        case .unauthorized: "unauthorized"
        case .forbidden: "forbidden"
        case .notFound: "not_found"
        case .conflict: "conflict"
        case .gone: "gone"
        case .invalid: "invalid"
        case .tooManyRequests: "too_many_requests"
        case .server: "server_error"
        case .tooLarge: "too_large"
        case .unexpected: "unexpected"
        case .cancelled: "cancelled"
        }
    }
}

extension APIStatus: CustomStringConvertible {
    package var description: String {
        let text = message.isEmpty ? reason : message
        return text.isEmpty ? "the API server answers \(code)" : "the API server answers \(code): \(text.printable)"
    }
}
