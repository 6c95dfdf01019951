import Foundation

extension [UInt8] {
    /// The whole content of a file of `/proc`: it says nothing of its size, and the system hands out a page of it at
    /// a time, which is all that Foundation takes.
    init?(contentsOf file: String) {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        self.init(contentsOf: descriptor)
    }

    /// The content of an open file from its beginning on, as often as one likes.
    init?(contentsOf descriptor: Int32) {
        self = []
        var part = [UInt8](repeating: 0, count: 1 << 13)
        while true {
            let read = pread(descriptor, &part, part.count, count)
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { return nil }
            guard read > 0 else { return }
            self += part[..<read]
        }
    }
}
