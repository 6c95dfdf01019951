import NameServer
import NginxSyntax

/// A message that asks, as a test writes it.
struct Question {
    var id: UInt16 = 0x1234
    /// With the wish for recursion, which nginx has.
    var flags: UInt16 = 0x0100
    var name = "8080.a1.endpoints.postern.internal"
    var type: UInt16 = 1
    var network: UInt16 = 1
    /// The size and the version that an extension states.
    var extended: (size: UInt16, version: UInt8)?

    var bytes: [UInt8] {
        var bytes = [id, flags, 1, 0, 0, extended == nil ? 0 : 1].flatMap(Self.bytes)
        for label in name.split(separator: ".") {
            bytes.append(UInt8(label.utf8.count))
            bytes.append(contentsOf: label.utf8)
        }
        bytes.append(0)
        bytes += [type, network].flatMap(Self.bytes)
        guard let extended else { return bytes }
        // The root's name, and signatures are welcome.
        bytes.append(0)
        bytes += [41, extended.size].flatMap(Self.bytes)
        bytes += [0, extended.version, 0x80, 0, 0, 0]
        return bytes
    }

    static func bytes(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 0xFF)] }
}

extension EndpointName: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) {
        guard let name = EndpointName(text) else { preconditionFailure("\(text) is no name") }
        self = name
    }
}

extension EndpointZone {
    /// Names with their addresses.
    init(_ addresses: [EndpointName: [String]], timeToLive: UInt32 = 0) {
        self.init(
            records: addresses.mapValues { texts in
                Record(addresses: texts.compactMap { IPAddress($0) }, timeToLive: timeToLive)
            }
        )
    }

    static let small = EndpointZone([
        "8080.a1.endpoints.postern.internal": ["10.0.0.2", "10.0.0.1", "10.0.0.2"],
        "9090.a1.endpoints.postern.internal": ["10.0.0.3", "fd00::3"],
        "80.b2.endpoints.postern.internal": ["fd00::4"],
        "81.b2.endpoints.postern.internal": [],
    ])

    /// One name with many addresses.
    static func large(_ count: Int) -> EndpointZone {
        EndpointZone([
            "8080.a1.endpoints.postern.internal": (0..<count).map { "10.1.\($0 / 256).\($0 % 256)" }
        ])
    }
}
