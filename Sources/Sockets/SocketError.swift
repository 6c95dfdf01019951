import Glibc

/// Why the system has no socket to give.
package struct SocketError: Error, Hashable, CustomStringConvertible {
    /// Of errno(3).
    package let number: Int32

    /// Of the call that has just failed.
    package static var last: SocketError { SocketError(number: errno) }

    /// Whether another program has the address and port.
    package var isPortTaken: Bool { number == EADDRINUSE }

    package var description: String {
        var buffer = [CChar](repeating: 0, count: 128)
        guard unsafe strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
