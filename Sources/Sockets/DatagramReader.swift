import Foundation
import Synchronization

/// Takes datagrams at a Unix socket, such as lines that nginx sends to syslog.
package final class DatagramReader: Sendable {
    private let descriptor: Int32
    private let isEnded = Atomic(false)

    /// Takes the place of a socket that an earlier process has left.
    package init(path: String) throws(SocketError) { descriptor = try Self.bound(to: path) }

    deinit { close(descriptor) }

    /// Hands each datagram on until the task is cancelled; one that is longer is cut.
    package func run(_ take: @escaping @Sendable ([UInt8]) -> Void) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (end: CheckedContinuation<Void, Never>) in
                // Not a thread of a pool: it waits for datagrams all its life.
                let thread = Thread {
                    self.read(take)
                    end.resume()
                }
                thread.name = "postern.datagrams"
                thread.start()
            }
        } onCancel: {
            isEnded.store(true, ordering: .relaxed)
            // Ends a wait that is under way.
            shutdown(descriptor, Int32(SHUT_RDWR))
        }
    }

    private func read(_ take: ([UInt8]) -> Void) {
        var buffer = [UInt8](repeating: 0, count: 2_048)
        while !isEnded.load(ordering: .relaxed) {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            if count > 0 { take(Array(buffer[..<count])) }
            // A timeout, by which the end is noticed, and signals are usual; all else would come again at once.
            if count < 0, errno != EAGAIN, errno != EINTR { usleep(100_000) }
        }
    }

    private static func bound(to path: String) throws(SocketError) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SocketError(number: ENAMETOOLONG)
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let type = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { throw .last }
        var patience = timeval(tv_sec: 0, tv_usec: 500_000)
        _ = unsafe setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_RCVTIMEO,
            &patience,
            socklen_t(MemoryLayout<timeval>.size)
        )
        unsafe unlink(path)
        let isBound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        // nginx's workers send as somebody else.
        guard isBound, unsafe chmod(path, 0o666) == 0 else {
            let error = SocketError.last
            close(descriptor)
            throw error
        }
        return descriptor
    }
}
