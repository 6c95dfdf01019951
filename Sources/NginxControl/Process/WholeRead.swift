import Foundation

extension [UInt8] {
    /// The whole content of a file that says nothing of its size, as those in `/proc` do; Foundation takes only as
    /// much of it as the system hands out at once, which is a page.
    init?(contentsOf file: String) {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        self = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            guard count > 0 else { return }
            self += part[..<count]
        }
    }
}
