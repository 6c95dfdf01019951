import Foundation

/// The file of a Unix socket.
package enum UnixSocket {
    /// The longest path that a socket can have, in bytes; see `unix(7)`.
    package static let longestPath = 107

    /// Whether a socket's file is there, and nobody listens on it any more, nor is about to.
    static func isAbandoned(_ path: String) -> Bool {
        guard let descriptor = make() else { return false }
        defer { close(descriptor) }
        return !connect(descriptor, to: path) && errno == ECONNREFUSED && !isBound(path)
    }

    static func make(_ type: __socket_type = SOCK_STREAM) -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        return descriptor >= 0 ? descriptor : nil
    }

    static func connect(_ descriptor: Int32, to path: String) -> Bool {
        withAddress(of: path) { Glibc.connect(descriptor, $0, $1) == 0 }
    }

    static func bind(_ descriptor: Int32, to path: String) -> Bool {
        withAddress(of: path) { Glibc.bind(descriptor, $0, $1) == 0 }
    }

    private static func withAddress(of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Bool) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count <= longestPath else {
            errno = ENAMETOOLONG
            return false
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
        }
    }

    /// Whether some process has the socket: nginx has it a moment before it listens.
    private static func isBound(_ path: String) -> Bool {
        let end = Array(" \(path)".utf8)
        // The system hands the list out in pieces, and passes an entry by when others before it go meanwhile.
        return (0..<3).contains { _ in
            // Where it cannot be read, as with ProcSubset= of systemd, the moment is risked: nginx must start again.
            let sockets = [UInt8](contentsOf: "/proc/net/unix") ?? []
            return sockets.split(separator: UInt8(ascii: "\n")).contains { $0.suffix(end.count) == end[...] }
        }
    }
}
