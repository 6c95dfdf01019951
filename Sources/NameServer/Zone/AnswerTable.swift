/// The answers of a zone, made before anybody asks.
struct AnswerTable: Sendable {
    private(set) var entries: [EndpointName: AnswerEntry] = [:]
    /// The names that exist because there are names below them, with the number of these.
    private var enclosing: [EndpointName: Int] = [:]
    /// Grows with each change.
    private(set) var serial: UInt32 = 0
    private let apex: AnswerEntry

    /// - Parameter apex: The addresses of the server itself, which the zone's own name has.
    init(apex: EndpointZone.Record) {
        self.apex = AnswerEntry(apex, after: nil)
    }

    /// Takes over another zone; what did not change stays as it is.
    mutating func update(to zone: EndpointZone) {
        for (name, record) in zone.records {
            let earlier = entries[name]
            guard earlier?.record != record else { continue }
            entries[name] = AnswerEntry(record, after: earlier)
            if earlier == nil { for outer in name.enclosing { enclosing[outer, default: 0] += 1 } }
        }
        if entries.count != zone.records.count {
            for name in entries.keys where zone.records[name] == nil { remove(name) }
        }
        serial &+= 1
    }

    private mutating func remove(_ name: EndpointName) {
        entries[name] = nil
        for outer in name.enclosing {
            let rest = (enclosing[outer] ?? 1) - 1
            enclosing[outer] = rest == 0 ? nil : rest
        }
    }

    /// The answer to a question, and the record that it gives.
    ///
    /// [RFC 1035](https://www.rfc-editor.org/rfc/rfc1035), [RFC 2308](https://www.rfc-editor.org/rfc/rfc2308) for what
    /// is not there, and [RFC 8482](https://www.rfc-editor.org/rfc/rfc8482) for whoever asks for all: he gets one set.
    func answer(_ query: Query) -> (response: Response, entry: AnswerEntry?) {
        if let version = query.extended?.version, version > 0 { return (Response(to: query, .badVersion), nil) }
        guard
            query.isOfInternet, !RecordType.transfers.contains(query.type),
            let name = EndpointName(asked: query.labels)
        else { return (Response(to: query, .refused), nil) }
        var response = Response(to: query, .noError)
        response.isAuthoritative = true
        let isApex = name == .apex
        let entry = isApex ? apex : entries[name]
        if let entry { response.answers = records(of: entry, query.type, isApex: isApex) }
        if entry == nil, enclosing[name] == nil { response.code = .nameError }
        if response.answers.count == 0 {
            response.authorities = RecordSet(startOfAuthority: serial, owner: .zone)
        }
        return (response, entry)
    }

    private func records(of entry: AnswerEntry, _ type: RecordType, isApex: Bool) -> RecordSet {
        switch type {
        case .ipv4Address: entry.ipv4
        case .ipv6Address: entry.ipv6
        case .any: entry.ipv4.count > 0 ? entry.ipv4 : entry.ipv6
        case .startOfAuthority where isApex: RecordSet(startOfAuthority: serial, owner: .asked)
        case .nameServer where isApex: .nameServer
        default: .empty
        }
    }
}
