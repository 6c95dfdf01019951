/// A short answer.
package struct Answer: Sendable, Hashable {
    package enum Status: Int, Sendable, Hashable {
        case ok = 200
        case badRequest = 400
        case notFound = 404
        case methodNotAllowed = 405
        case headTooLarge = 431
        case serviceUnavailable = 503
        case versionNotSupported = 505
    }

    package var status: Status
    package var body: String
    package var type: String

    package init(_ status: Status, _ body: String, type: String = "text/plain; charset=utf-8") {
        self.status = status
        self.body = body
        self.type = type
    }

    init(refusing status: Status) {
        self.init(status, status.reason)
    }

    /// The answer on a connection that ends with it.
    func bytes(withBody hasBody: Bool) -> [UInt8] {
        let head = """
            HTTP/1.1 \(status.rawValue) \(status.reason)\r
            Content-Type: \(type)\r
            Content-Length: \(body.utf8.count)\r
            \(status == .methodNotAllowed ? "Allow: GET, HEAD\r\n" : "")Connection: close\r
            \r

            """
        return Array((hasBody ? head + body : head).utf8)
    }
}

extension Answer.Status {
    fileprivate var reason: String {
        switch self {
        case .ok: "OK"
        case .badRequest: "Bad Request"
        case .notFound: "Not Found"
        case .methodNotAllowed: "Method Not Allowed"
        case .headTooLarge: "Request Header Fields Too Large"
        case .serviceUnavailable: "Service Unavailable"
        case .versionNotSupported: "HTTP Version Not Supported"
        }
    }
}
