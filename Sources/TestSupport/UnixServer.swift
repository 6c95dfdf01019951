import Foundation
import Synchronization

/// Listens at a Unix socket, as a test wants a server to behave.
package final class UnixServer: Sendable {
    /// A client's connection, which is closed when its handler is done with it.
    package struct Peer: Sendable {
        fileprivate let descriptor: Int32

        package func write(_ text: String) {
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }

        /// Waits until the client has gone.
        package func awaitEnd() {
            var state = pollfd(fd: descriptor, events: 0, revents: 0)
            poll(&state, 1, -1)
        }

        /// What the client sends first, to an empty line.
        fileprivate func head() -> String {
            var bytes: [UInt8] = []
            var part = [UInt8](repeating: 0, count: 1_024)
            while !String(decoding: bytes, as: UTF8.self).contains("\r\n\r\n") {
                let count = recv(descriptor, &part, part.count, 0)
                guard count > 0 else { break }
                bytes += part[..<count]
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private let listener: Int32
    private let requested = Mutex<[String]>([])

    /// The first lines of all requests so far.
    package var requests: [String] { requested.withLock(\.self) }

    /// Serves while `body` runs.
    ///
    /// - Parameter handle: Answers a client by the first line of its request, on a thread that is its own.
    package static func use<Result>(
        at path: String,
        handle: @escaping @Sendable (String, Peer) -> Void,
        body: (UnixServer) async throws -> Result
    ) async throws -> Result {
        let server = try UnixServer(path)
        Thread.detachNewThread { server.run(handle) }
        defer { shutdown(server.listener, Int32(SHUT_RDWR)) }
        return try await body(server)
    }

    private init(_ path: String) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes.prefix($0.count - 1)) }
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) == 0 }
        }
        guard isBound, listen(listener, 64) == 0 else {
            throw Tool.Failure(description: "\(path): \(String(cString: strerror(errno)))")
        }
    }

    private func run(_ handle: @escaping @Sendable (String, Peer) -> Void) {
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { break }
            Thread.detachNewThread { [self] in
                let peer = Peer(descriptor: client)
                let line = String(peer.head().prefix { $0 != "\r\n" })
                requested.withLock { $0.append(line) }
                handle(line, peer)
                close(client)
            }
        }
        close(listener)
    }
}
