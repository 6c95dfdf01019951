import Foundation
import TestSupport

/// Connections on which nobody says anything, until it goes out of scope.
final class IdleClients: Sendable {
    private let descriptors: [Int32]

    init(_ count: Int, to port: UInt16) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var descriptors: [Int32] = []
        for _ in 0..<count {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            descriptors.append(descriptor)
            let isConnected = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
            guard isConnected else {
                descriptors.forEach { close($0) }
                throw Tool.Failure(description: "connection \(descriptors.count) to port \(port) is refused")
            }
        }
        self.descriptors = descriptors
    }

    deinit { descriptors.forEach { close($0) } }

    /// How many of them the other side has ended.
    var ended: Int {
        descriptors.count { descriptor in
            var byte: UInt8 = 0
            let count = recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT))
            return count == 0 || count < 0 && errno != EAGAIN
        }
    }
}
