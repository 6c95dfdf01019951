import FlyingFox
import Foundation

/// Answers with the request, and as it asks for.
struct EchoHandler: HTTPHandler {
    let backend: String
    private let webSocket = WebSocketHTTPHandler(handler: EchoFrames())

    private let note: @Sendable (EchoedRequest) -> Void

    init(backend: String, noting note: @escaping @Sendable (EchoedRequest) -> Void) {
        self.backend = backend
        self.note = note
    }

    /// Every path, with the methods that FlyingFox knows and those of WebDAV and caches.
    static var route: HTTPRoute {
        let more = [
            "COPY", "LOCK", "MKCOL", "MOVE", "PROPFIND", "PROPPATCH", "PURGE", "QUERY", "REPORT", "SEARCH", "UNLOCK",
        ]
        return HTTPRoute(methods: HTTPMethod.allMethods.union(more.map { HTTPMethod($0) }), path: "*")
    }

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        if request.headers[.upgrade]?.lowercased() == "websocket" {
            return try await webSocket.handleRequest(request)
        }
        let echo = EchoedRequest(request, backend: backend)
        note(echo)
        let wish = AnswerWish(echo, of: backend)
        let isForPrograms = request.headers[HTTPHeader("Accept")]?.contains("application/json") == true
        let body = isForPrograms ? try Self.encoder.encode(echo) : Data(echo.text.utf8)
        var headers = HTTPHeaders()
        headers[.contentType] = isForPrograms ? "application/json" : "text/plain; charset=utf-8"
        for (name, value) in wish.headers { headers[HTTPHeader(name)] = value }
        let hasBody = request.method != .HEAD && ![.noContent, .notModified].contains(wish.status)
        return HTTPResponse(statusCode: wish.status, headers: headers, body: hasBody ? body : Data())
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}

extension EchoedRequest {
    init(_ request: HTTPRequest, backend: String) {
        self.backend = backend
        method = request.method.rawValue
        uri = request.target.rawValue
        version = request.version.rawValue
        headers = Dictionary(request.headers.map { ($0.key.rawValue, $0.value) }) { _, last in last }
    }
}
