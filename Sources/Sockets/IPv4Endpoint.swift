import Glibc

/// A port of an IPv4 address.
package struct IPv4Endpoint: Sendable, Hashable {
    /// As a number: 127.0.0.1 is `0x7F00_0001`.
    package var address: UInt32
    package var port: UInt16

    package init(_ address: UInt32, port: UInt16) {
        self.address = address
        self.port = port
    }

    init(_ address: sockaddr_in) {
        self.init(UInt32(bigEndian: address.sin_addr.s_addr), port: UInt16(bigEndian: address.sin_port))
    }

    /// Whether nobody but this machine has it: 127.0.0.0/8.
    package var isLoopback: Bool { address >> 24 == 127 }

    var systemAddress: sockaddr_in {
        var system = sockaddr_in()
        system.sin_family = sa_family_t(AF_INET)
        system.sin_port = port.bigEndian
        system.sin_addr.s_addr = address.bigEndian
        return system
    }
}

/// Gives a socket its address; returns whether it could have it.
func bind<Address>(_ descriptor: Int32, to address: Address) -> Bool {
    unsafe withUnsafePointer(to: address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            unsafe Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size)) == 0
        }
    }
}

/// Sets an option of a socket where the system lets it.
func set(_ option: Int32, of level: Int32, to value: Int32, on descriptor: Int32) {
    var value = value
    _ = unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
}
