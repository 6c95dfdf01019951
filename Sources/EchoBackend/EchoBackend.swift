import FlyingFox
import FlyingSocks
import Foundation

/// A small HTTP server that answers every request with 200 and what reached it.
///
/// People get plain text; who accepts `application/json` gets an ``EchoedRequest``. A request to upgrade to a
/// WebSocket, at any path, gets one that echoes.
package actor EchoBackend {
    package nonisolated let name: String
    private let handler: EchoHandler
    private let server: HTTPServer
    private var state = State.starting(waiting: [])

    private enum State {
        case starting(waiting: [CheckedContinuation<Address, any Error>])
        case listening(Address)
        case ended(any Error)
    }

    /// Names a backend that will listen on `host`, an IP address, and on any free port unless one is given.
    ///
    /// Throws if `host` is no IP address.
    ///
    /// - Parameter note: Called with each request.
    package init(
        name: String,
        host: String = "127.0.0.1",
        port: UInt16 = 0,
        noting note: @escaping @Sendable (EchoedRequest) -> Void = { _ in }
    ) throws {
        self.name = name
        handler = EchoHandler(backend: name, noting: note)
        server =
            if host.contains(":") {
                HTTPServer(address: try .inet6(ip6: host, port: port), logger: .disabled)
            } else {
                HTTPServer(address: try .inet(ip4: host, port: port), logger: .disabled)
            }
    }

    /// Serves until the task is cancelled; throws at once if the address can't be had.
    package func run() async throws {
        await server.appendRoute(EchoHandler.route, to: handler)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { [server] in try await server.run() }
                group.addTask { [self, server] in
                    try await server.waitUntilListening(timeout: 60)
                    guard let address = await server.listeningAddress else { throw SocketError.disconnected }
                    PromptSegments.use(at: address)
                    try await settle(.success(Address(address)))
                }
                // Unlike `waitForAll`, this ends with the first failure.
                while try await group.next() != nil {}
            }
        } catch {
            settle(.failure(error))
            throw error
        }
    }

    /// Where the backend listens, once `run()` has made it listen; throws what `run()` threw if that failed.
    package var address: Address {
        get async throws {
            try await withCheckedThrowingContinuation { continuation in
                switch state {
                case .starting(let waiting): state = .starting(waiting: waiting + [continuation])
                case .listening(let address): continuation.resume(returning: address)
                case .ended(let error): continuation.resume(throwing: error)
                }
            }
        }
    }

    private func settle(_ result: Result<Address, any Error>) {
        if case .starting(let waiting) = state {
            for continuation in waiting { continuation.resume(with: result) }
        }
        state =
            switch result {
            case .success(let address): .listening(address)
            case .failure(let error): .ended(error)
            }
    }
}

/// Makes a server send its small answers at once.
///
/// FlyingFox writes the head and the body of an answer apart. TCP then holds the body back until the head is
/// acknowledged, which on a connection that is kept takes 40 ms.
enum PromptSegments {
    /// Sets `TCP_NODELAY` on the socket that listens at an address, from which each connection inherits it.
    ///
    /// FlyingFox keeps the socket to itself, so it is looked for among the open files of the process.
    static func use(at address: Socket.Address) {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        for file in files.compactMap(Int32.init) {
            let socket = Socket(file: .init(rawValue: file))
            guard (try? socket.sockname()) == address else { continue }
            // Without it answers are as right, and only slower.
            try? socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
        }
    }
}
