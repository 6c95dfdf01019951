import NginxSyntax

/// Records of one name and type, as they stand in a message whose question names them.
struct RecordSet: Sendable, Hashable {
    private(set) var count: UInt16 = 0
    private(set) var bytes: [UInt8] = []

    static let empty = RecordSet()

    /// The records that fit into the longest message beside the longest question.
    private static let room = Int(UInt16.max) - Query.longest - Response.longestExtension

    /// The addresses of a family: as many as the longest message holds, 4,078 of IPv4 or 2,330 of IPv6.
    init(_ record: EndpointZone.Record, _ family: IPAddress.Family) {
        var seen: Set<IPAddress> = []
        for address in record.addresses where address.family == family && seen.insert(address).inserted {
            var data: [UInt8] = []
            for shift in stride(from: family.width - 8, through: 0, by: -8) {
                data.append(UInt8(truncatingIfNeeded: address.bits >> shift))
            }
            append(family == .ipv4 ? .ipv4Address : .ipv6Address, data, timeToLive: record.timeToLive)
        }
    }

    private init() {}

    /// The name server of the zone, which is the zone's own name.
    static let nameServer: RecordSet = {
        var set = RecordSet()
        set.append(.nameServer, EndpointName.apex.labels, timeToLive: negativeTimeToLive)
        return set
    }()

    /// The record that begins a zone ([RFC 1035, 3.3.13](https://www.rfc-editor.org/rfc/rfc1035#section-3.3.13)), whose
    /// last number says how long it may be believed that something is not there
    /// ([RFC 2308](https://www.rfc-editor.org/rfc/rfc2308#section-4)).
    ///
    /// - Parameter owner: Its name in the message: of the question, or the zone's.
    init(startOfAuthority serial: UInt32, owner: Owner) {
        let mailbox = [UInt8(10)] + Array("hostmaster".utf8) + EndpointName.apex.labels
        let times: [UInt32] = [serial, 3_600, 600, 86_400, Self.negativeTimeToLive]
        append(
            .startOfAuthority,
            EndpointName.apex.labels + mailbox + times.flatMap(Self.bytes),
            timeToLive: Self.negativeTimeToLive,
            owner: owner
        )
    }

    enum Owner {
        case asked
        case zone
    }

    /// In seconds: what is not there now may be in a moment.
    private static let negativeTimeToLive: UInt32 = 1

    private mutating func append(_ type: RecordType, _ data: [UInt8], timeToLive: UInt32, owner: Owner = .asked) {
        // The question stands right behind the head, and a pointer leads to its name.
        let name: [UInt8] = owner == .asked ? [0xC0, UInt8(MessageHead.size)] : EndpointName.apex.labels
        guard bytes.count + name.count + 10 + data.count <= Self.room else { return }
        bytes += name + type.bytes + [0, 1]
        // A time with the highest bit is none (RFC 2181, 8).
        bytes += Self.bytes(min(timeToLive, UInt32(Int32.max)))
        bytes += [UInt8(data.count >> 8), UInt8(truncatingIfNeeded: data.count)]
        bytes += data
        count += 1
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
