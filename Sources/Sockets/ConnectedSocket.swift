import Glibc

/// One client's connection, which never makes anybody wait; closed when nobody has it any more.
package final class ConnectedSocket: Sendable {
    package enum Arrival {
        case bytes(ArraySlice<UInt8>)
        case nothing
        /// The client has ended the connection, or it has broken.
        case end
    }

    package let descriptor: Int32

    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Returns the bytes that have arrived, as far as they fit into the buffer.
    package func receive(by buffer: inout [UInt8]) -> Arrival {
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 { return .bytes(buffer[..<count]) }
        return count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothing : .end
    }

    /// Sends what can be sent at once, and removes that; returns whether the connection still stands.
    package func send(_ bytes: inout ArraySlice<UInt8>) -> Bool {
        let count = unsafe bytes.withUnsafeBytes {
            unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count >= 0 { bytes = bytes.dropFirst(count) }
        return count >= 0 || errno == EAGAIN || errno == EINTR
    }

    /// Tells the client that nothing more will come.
    package func finish() { shutdown(descriptor, Int32(SHUT_WR)) }
}
