import Sockets

/// Answers all questions, on one thread, which waits for nobody but all who may ask.
struct NameServingLoop {
    private let sockets: ServingSockets
    private let desk: ZoneDesk
    private let limits: NameServerLimits
    private var responder = Responder()
    private var allowance: AnswerAllowance
    /// Of names that nobody had asked for before: nginx has no endpoint for them yet.
    private var firstQuestions = WaitingQuestions()
    private var questions = WaitingQuestions()
    /// By number, so that the oldest has the least.
    private var connections: [UInt64: NameConnection] = [:]
    private var nextNumber: UInt64 = 0
    /// No connection is taken before.
    private var rest: ContinuousClock.Instant
    private var buffer = [UInt8](repeating: 0, count: 4_096)

    init(_ sockets: ServingSockets, _ desk: ZoneDesk, _ limits: NameServerLimits) {
        self.sockets = sockets
        self.desk = desk
        self.limits = limits
        rest = .now
        allowance = AnswerAllowance(limits.pace, addresses: sockets.datagrams.count, now: rest)
    }

    /// Serves until the desk is closed.
    mutating func run() {
        while true {
            let ready = wait()
            desk.bell.silence()
            switch desk.order {
            case .end: return
            case .fail: responder.table = nil
            case .answer(let table): responder.table = table
            }
            if ready.contains(.datagrams) { receiveDatagrams() }
            answerWaiting()
            for case .connection(let number) in ready { proceed(number) }
            endQuietConnections()
            if ready.contains(.listeners) { acceptConnections() }
            // So that whoever publishes changes it in place, and need not copy it.
            responder.table = nil
            desk.report(responder.counts)
        }
    }

    private var isAnybodyWaiting: Bool { firstQuestions.count + questions.count > 0 }

    private var waiting: AnswerAllowance.Waiting? {
        let oldest = [firstQuestions.first, questions.first].compactMap { $0?.arrival }.min()
        return oldest.map { AnswerAllowance.Waiting(count: firstQuestions.count + questions.count, since: $0) }
    }

    /// What there is to do.
    private enum Call: Comparable {
        case datagrams
        case listeners
        case connection(UInt64)
    }

    private func wait() -> [Call] {
        var set = PollSet<Call>()
        set.add(desk.bell.descriptor, .reading)
        set.add(sockets.datagramGroup.descriptor, .reading, .datagrams)
        var deadline = connections.values.lazy.map(\.deadline).min()
        if rest <= .now {
            set.add(sockets.listenerGroup.descriptor, .reading, .listeners)
        } else {
            deadline = min(deadline ?? rest, rest)
        }
        if isAnybodyWaiting { deadline = .now + .milliseconds(1) }
        for (number, connection) in connections {
            if connection.isReading { set.add(connection.socket.descriptor, .reading, .connection(number)) }
            if connection.isWriting { set.add(connection.socket.descriptor, .writing, .connection(number)) }
        }
        return set.wait(until: deadline)
    }

    /// Takes what has arrived, but not so much that others wait for long: a few by each socket in turn, so that the
    /// answers fill none of those that nginx has for them before the others.
    private mutating func receiveDatagrams() {
        var left = 8_192
        var places = sockets.datagramGroup.ready
        while left > 0, !places.isEmpty {
            places.removeAll { place in
                let socket = sockets.datagrams[place]
                for _ in 0..<8 {
                    guard case .datagram(let count, let asker, let waited) = socket.receive(into: &buffer) else {
                        return true
                    }
                    left -= 1
                    take(buffer[..<count], from: asker, by: socket, at: .now - waited)
                }
                return false
            }
        }
    }

    private mutating func take(
        _ message: ArraySlice<UInt8>,
        from asker: IPv4Endpoint,
        by socket: DatagramSocket,
        at arrival: ContinuousClock.Instant
    ) {
        guard asker.isLoopback else {
            responder.counts.ignored += 1
            return
        }
        responder.counts.datagrams += 1
        allowance.noteQuestion()
        switch MessageReader.read(message) {
        case .nothing: responder.counts.ignored += 1
        case .refusal(let head, let code): send(responder.refuse(head, code), to: asker, by: socket)
        case .query(let query):
            answerInTurn(WaitingQuestions.Question(query: query, asker: asker, socket: socket, arrival: arrival))
        }
    }

    private mutating func answerInTurn(_ question: WaitingQuestions.Question) {
        if !isAnybodyWaiting, allowance.take() {
            _ = answer(question)
        } else if firstQuestions.count + questions.count >= limits.pace.waiting {
            responder.counts.lost += 1
        } else {
            responder.counts.delayed += 1
            if responder.isFirst(question.query) {
                firstQuestions.append(question)
            } else {
                questions.append(question)
            }
        }
    }

    private mutating func answerWaiting() {
        let now = ContinuousClock.now
        allowance.renew(now: now, names: responder.table?.entries.count ?? 0, waiting: waiting)
        while isAnybodyWaiting {
            guard allowance.left > 0 else { return }
            guard let question = firstQuestions.popFirst() ?? questions.popFirst() else { return }
            if answer(question) { _ = allowance.take() }
        }
    }

    /// Returns whether it is still worth an answer.
    private mutating func answer(_ question: WaitingQuestions.Question) -> Bool {
        let now = ContinuousClock.now
        guard now - question.arrival <= limits.pace.age else {
            responder.counts.lost += 1
            return false
        }
        send(responder.answerDatagram(question.query, now: now), to: question.asker, by: question.socket)
        return true
    }

    private mutating func send(_ bytes: [UInt8], to asker: IPv4Endpoint, by socket: DatagramSocket) {
        if !socket.send(bytes, to: asker) { responder.counts.lost += 1 }
    }

    private mutating func proceed(_ number: UInt64) {
        // Taken out, so that it is changed in place.
        guard var connection = connections.removeValue(forKey: number) else { return }
        connection.proceed(by: &buffer, now: .now) { responder.answerStreamed($0, now: .now) }
        if !connection.isEnded { connections[number] = connection }
    }

    private mutating func endQuietConnections() {
        guard !connections.isEmpty else { return }
        let now = ContinuousClock.now
        for (number, connection) in connections where connection.deadline <= now { connections[number] = nil }
    }

    private mutating func acceptConnections() {
        for place in sockets.listenerGroup.ready where rest <= .now {
            acceptConnections(by: sockets.listeners[place])
        }
    }

    private mutating func acceptConnections(by listener: ListeningSocket) {
        for _ in 0..<limits.connections {
            switch listener.accept() {
            case .nobody: return
            case .refused:
                // The machine needs time.
                rest = .now + .milliseconds(100)
                return
            case .connection(let socket):
                if connections.count >= limits.connections, let quietest {
                    connections[quietest] = nil
                }
                responder.counts.connections += 1
                connections[nextNumber] = NameConnection(socket, limits, now: .now)
                nextNumber += 1
            }
        }
    }

    private var quietest: UInt64? { connections.min { $0.value.activity < $1.value.activity }?.key }
}
