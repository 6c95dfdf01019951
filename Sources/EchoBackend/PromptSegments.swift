import FlyingSocks
import Foundation

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
