import FlyingSocks
import Foundation
import TestSupport
import Testing

@testable import NginxControl

struct UnixSocketTests {
    @Test func `a socket that a process has is not abandoned, however many there are`() async throws {
        try await TemporaryFolder.use { folder in
            let paths = (0..<200).map { "\(folder.path)/\($0).sock" }
            let sockets = try paths.map { path in
                let socket = try Socket(domain: AF_UNIX, type: .stream)
                try socket.bind(to: .unix(path: path))
                return socket
            }
            #expect(paths.filter(UnixSocket.isAbandoned) == [])
            for socket in sockets { try socket.close() }
            // A process that another test is starting may hold them for a moment longer.
            try await eventually("all are abandoned") { paths.allSatisfy(UnixSocket.isAbandoned) }
        }
    }
}
