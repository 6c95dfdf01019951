import Glibc

/// An open file, closed when it goes out of scope.
struct Descriptor: ~Copyable {
    let number: Int32

    /// Opens without waiting for anybody, and not for programs that this one starts.
    init(opening path: String, _ flags: Int32, mode: mode_t = 0) throws(SystemError) {
        number = unsafe open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode)
        guard number >= 0 else { throw .last }
    }

    deinit {
        if number >= 0 { close(number) }
    }

    func status() throws(SystemError) -> FileStatus {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else { throw .last }
        return FileStatus(status)
    }

    /// The bytes up to the end; at most `limit` and a few more.
    func bytes(upTo limit: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= limit {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(number, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .last }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    func write(_ bytes: [UInt8]) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .last }
            rest = rest.dropFirst(count)
        }
    }

    /// Returns once the disk has it.
    func synchronize() throws(SystemError) {
        guard fsync(number) == 0 else { throw .last }
    }
}
