import NginxSyntax

/// The first message of a client of TLS, as far as nginx reads it to find out the host that the client asks for.
///
/// See [RFC 8446](https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2).
struct ClientHello: Sendable, Hashable {
    /// The message, in a record of its own.
    let bytes: [UInt8]

    init(for host: HostName) {
        let name = Array(host.value.utf8)
        // A list of one name, of the type for hosts.
        let names = Self.sized([0] + Self.sized(name))
        let extensions: [UInt8] = [0, 0] + Self.sized(names)
        var hello: [UInt8] = [3, 3]
        hello += [UInt8](repeating: 0x5A, count: 32)
        // No session, one suite of ciphers, and no compression.
        hello += [0, 0, 2, 0x13, 0x01, 1, 0]
        hello += Self.sized(extensions)
        bytes = [22, 3, 1] + Self.sized([1, 0] + Self.sized(hello))
    }

    /// The bytes behind their count, in two bytes.
    private static func sized(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8(truncatingIfNeeded: bytes.count >> 8), UInt8(truncatingIfNeeded: bytes.count)] + bytes
    }
}
