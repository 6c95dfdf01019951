import Curl
import Diagnostics

/// A client of one API server.
///
/// All requests go over one connection where the server speaks HTTP/2. A request that is refused with 401 is sent
/// once more if the credentials are others meanwhile; what else fails is the caller's to send again.
package struct APIClient: Sendable {
    package let configuration: ClusterConfiguration
    private let session = CurlSession()
    private let credentials: CredentialStore
    private let sizeLimit: Int
    private let observer: @Sendable (APICall) -> Void

    /// - Parameters:
    ///   - sizeLimit: What an answer may weigh, in bytes; that of a watch has no end and no limit.
    ///   - observer: Is told of each request when the head of its answer is there, or there is none.
    package init(
        _ configuration: ClusterConfiguration,
        sizeLimit: Int = 64 << 20,
        observer: @escaping @Sendable (APICall) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.sizeLimit = sizeLimit
        self.observer = observer
        credentials = CredentialStore(configuration)
    }

    /// Sends a request and waits for the whole of its answer.
    package func send(_ request: APIRequest) async throws(APIError) -> APIResponse {
        let stream = try await open(request)
        return APIResponse(status: stream.head.status, body: try await stream.collect(upTo: sizeLimit))
    }

    /// Sends a request whose answer is read while it comes.
    ///
    /// - Parameter idle: How long the server may be silent; `nil` means as long as the request's whole time.
    package func open(_ request: APIRequest, idle: Duration? = nil) async throws(APIError) -> APIStream {
        let first = try await credentials.current()
        do throws(APIError) {
            return try await open(request, idle: idle, presenting: first)
        } catch {
            guard case .unauthorized = error, let second = try await credentials.renewed(after: first) else {
                throw error
            }
            return try await open(request, idle: idle, presenting: second)
        }
    }

    private func open(
        _ request: APIRequest,
        idle: Duration?,
        presenting credentials: Credentials
    ) async throws(APIError) -> APIStream {
        let start = ContinuousClock.now
        let reply = session.start(transfer(request, idle: idle, presenting: credentials))
        let head: TransferHead
        do throws(TransferError) {
            head = try await reply.head()
        } catch {
            observer(APICall(request, code: nil, duration: .now - start))
            throw APIError(error)
        }
        observer(APICall(request, code: head.status, duration: .now - start))
        let stream = APIStream(reply, head, of: session)
        guard (200..<300).contains(head.status) else {
            let status = APIStatus(code: head.status, body: try await stream.collect(upTo: 1 << 20))
            throw APIError(status, retryAfter: head.retryAfter)
        }
        return stream
    }

    private func transfer(
        _ request: APIRequest,
        idle: Duration?,
        presenting credentials: Credentials
    ) -> TransferRequest {
        var headers: [TransferRequest.Header] = [.init("Accept", "application/json"), .init("User-Agent", "postern")]
        if request.body != nil { headers.append(.init("Content-Type", request.method.contentType)) }
        if let authorization = credentials.authorization { headers.append(.init("Authorization", authorization)) }
        return TransferRequest(
            url: configuration.server + request.target,
            method: request.method.name,
            headers: headers + configuration.impersonation,
            body: request.body,
            security: TransportSecurity(
                trust: configuration.trust,
                serverName: configuration.serverName,
                identity: credentials.identity
            ),
            proxy: configuration.proxy,
            limits: .init(total: request.timeout, idle: idle)
        )
    }
}
