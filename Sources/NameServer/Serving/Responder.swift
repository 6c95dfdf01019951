/// Answers questions from a zone, and counts what comes of them.
struct Responder {
    /// `nil` while there is no zone.
    var table: AnswerTable?
    var counts = NameServerCounts()

    /// Whether it asks for a name that nobody has asked for yet.
    func isFirst(_ query: Query) -> Bool {
        guard let name = EndpointName(asked: query.labels), let entry = table?.entries[name] else { return false }
        return entry.asked.instant == nil
    }

    mutating func refuse(_ head: MessageHead, _ code: ResponseCode) -> [UInt8] {
        counts.count(code)
        return Response(refusing: head, code).bytes(limit: Response.plainDatagram)
    }

    mutating func answerDatagram(_ query: Query, now: ContinuousClock.Instant) -> [UInt8] {
        let (response, entry) = response(to: query)
        let limit = response.datagramLimit
        let isTruncated = response.isTruncated(to: limit)
        if isTruncated { counts.truncated += 1 }
        note(entry, query, isTold: !isTruncated, now: now)
        return response.bytes(limit: limit)
    }

    /// The answer to a message, or `nil` where it is none that can be answered.
    mutating func answerStreamed(_ message: ArraySlice<UInt8>, now: ContinuousClock.Instant) -> [UInt8]? {
        counts.streamed += 1
        switch MessageReader.read(message) {
        case .nothing:
            counts.ignored += 1
            return nil
        case .refusal(let head, let code): return refuse(head, code)
        case .query(let query):
            let (response, entry) = response(to: query)
            note(entry, query, isTold: true, now: now)
            return response.bytes(limit: Int(UInt16.max))
        }
    }

    private mutating func response(to query: Query) -> (Response, AnswerEntry?) {
        let (response, entry) = table?.answer(query) ?? (Response(to: query, .serverFailure), nil)
        counts.count(response.code)
        return (response, entry)
    }

    private mutating func note(_ entry: AnswerEntry?, _ query: Query, isTold: Bool, now: ContinuousClock.Instant) {
        guard let entry, query.type == .ipv4Address || query.type == .ipv6Address else { return }
        counts.lastQuestion = now
        entry.asked.set(now)
        if isTold { entry.told.set(now) }
    }
}
