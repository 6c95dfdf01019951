import FlyingFox

/// The answer that a request asks of one backend, by headers whose values begin with the backend's name.
///
///     X-Echo-Status: shop/auth:80 401              the status, in place of 200
///     X-Echo-Header-Set-Cookie: shop/auth:80 a=b   a header of the answer
///     X-Echo-Seen-X-A: shop/auth:80 Host           a header of the answer with the value of one that the backend saw
struct AnswerWish {
    private(set) var status = HTTPStatusCode.ok
    private(set) var headers: [(name: String, value: String)] = []

    private static let status = "x-echo-status"
    private static let header = "x-echo-header-"
    private static let seen = "x-echo-seen-"

    init(_ request: EchoedRequest, of backend: String) {
        for (name, text) in request.headers where text.hasPrefix("\(backend) ") {
            let value = String(text.dropFirst(backend.count + 1))
            let key = name.lowercased()
            if key == Self.status, let code = Int(value), (200...599).contains(code) {
                status = HTTPStatusCode(code, phrase: "Asked For")
            } else if key.hasPrefix(Self.header) {
                headers.append((String(name.dropFirst(Self.header.count)), value))
            } else if key.hasPrefix(Self.seen) {
                let seen = value == "method" ? request.method : request.header(value) ?? "none"
                headers.append((String(name.dropFirst(Self.seen.count)), seen))
            }
        }
    }
}
