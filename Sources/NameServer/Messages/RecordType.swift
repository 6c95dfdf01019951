/// The type of a record, or of what a question asks for.
struct RecordType: Sendable, Hashable {
    let number: UInt16

    static let ipv4Address = RecordType(number: 1)
    static let nameServer = RecordType(number: 2)
    static let startOfAuthority = RecordType(number: 6)
    static let ipv6Address = RecordType(number: 28)
    /// What extends the head of a message ([RFC 6891](https://www.rfc-editor.org/rfc/rfc6891)).
    static let options = RecordType(number: 41)
    /// Changes of a zone, and a whole one: for other name servers.
    static let transfers = [RecordType(number: 251), RecordType(number: 252)]
    /// Whatever is there.
    static let any = RecordType(number: 255)

    var bytes: [UInt8] { [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)] }
}
