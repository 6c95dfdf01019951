import Curl
import ProxyConfiguration

/// Sends requests by plain HTTP over a Unix socket, one after another over one connection.
///
/// It does no more than probes need: each costs a fifth of what it costs with libcurl, and there are many.
struct PlainProbes: ~Copyable {
    private let socket: String
    private var connection: UnixConnection?
    private var received: [UInt8] = []

    /// More than nginx sends of its own.
    private static let longestAnswer = 1 << 16

    init(socket: String) {
        self.socket = socket
    }

    mutating func send(_ request: Request, within time: Duration = .seconds(10)) throws(CurlError) -> RawResponse {
        let headers = request.headers.map { "\($0.key): \($0.value)\r\n" }.joined()
        let text =
            "\(request.method) \(request.target) HTTP/1.1\r\nHost: \(request.host)\r\nAccept: */*\r\n\(headers)\r\n"
        received.removeAll(keepingCapacity: true)
        let deadline = ContinuousClock.now + time
        var open = try openConnection()
        guard open.send(Array(text.utf8)) else { throw CurlError("nobody listens") }
        var head: ResponseHead?
        while true {
            guard let count = open.receive(&received, until: deadline) else { throw CurlError("no answer in time") }
            guard received.count <= Self.longestAnswer else { throw CurlError("the answer is too long") }
            head = head ?? ResponseHead(received)
            guard let head else {
                guard count > 0 else { throw CurlError("the connection ended before the answer") }
                continue
            }
            let length = head.length(of: request)
            guard count == 0 || length.map({ received.count >= $0 }) ?? false else { continue }
            let response = RawResponse(status: head.status, bytes: received)
            if count > 0, length != nil, head.header("connection") != "close" { connection = consume open }
            return response
        }
    }

    private mutating func openConnection() throws(CurlError) -> UnixConnection {
        if let known = connection.take() { return known }
        guard let new = UnixConnection(to: socket) else { throw CurlError("nobody listens") }
        return new
    }
}

extension ResponseHead {
    /// How many bytes the response has; `nil` where only the end of the connection tells.
    fileprivate func length(of request: Request) -> Int? {
        // None of them has a body, whatever length is named.
        guard status != 204, status != 304, request.method != "HEAD" else { return end }
        return header("content-length").flatMap { Int($0) }.map { end + $0 }
    }
}
