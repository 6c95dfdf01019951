import Glibc

/// Why the system has no socket to give.
struct SocketError: Error, Hashable, CustomStringConvertible {
    let number: Int32

    /// Of the call that has just failed.
    static var last: SocketError { SocketError(number: errno) }

    var description: String {
        var buffer = [CChar](repeating: 0, count: 128)
        guard unsafe strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
