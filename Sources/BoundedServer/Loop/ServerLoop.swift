import Sockets

/// Takes connections and serves them all in turn, on one thread, which waits for nobody but all of them.
struct ServerLoop {
    private let listener: ListeningSocket
    private let desk: AnswerDesk
    private let limits: ServerLimits
    private let routes: [String: BoundedServer.Route]
    /// By number, so that the oldest has the least.
    private var connections: [AnswerDesk.ConnectionNumber: Connection] = [:]
    private var nextNumber: AnswerDesk.ConnectionNumber = 0
    /// Nobody is taken before.
    private var rest: ContinuousClock.Instant
    private var buffer = [UInt8](repeating: 0, count: 4_096)

    init(
        _ listener: ListeningSocket,
        _ desk: AnswerDesk,
        _ limits: ServerLimits,
        _ routes: [String: BoundedServer.Route]
    ) {
        self.listener = listener
        self.desk = desk
        self.limits = limits
        self.routes = routes
        rest = .now
    }

    /// Serves until the desk is closed.
    mutating func run() {
        while !desk.isClosed {
            var wait = PollSet<AnswerDesk.ConnectionNumber>()
            let isAccepting = rest <= .now
            if isAccepting { wait.add(listener.descriptor, .reading) }
            wait.add(desk.bell.descriptor, .reading)
            for case (let number, let connection) in connections {
                if connection.isReading { wait.add(connection.socket.descriptor, .reading, number) }
                if connection.isWriting { wait.add(connection.socket.descriptor, .writing, number) }
            }
            let ready = wait.wait(until: nextDeadline(isAccepting))
            desk.bell.silence()
            // Those who are here come before those who want to be.
            for number in ready { proceed(number) }
            deliverAnswers()
            endLateConnections()
            if isAccepting { acceptConnections() }
        }
    }

    private func nextDeadline(_ isAccepting: Bool) -> ContinuousClock.Instant? {
        let deadlines = connections.values.lazy.map(\.deadline)
        return isAccepting ? deadlines.min() : min(deadlines.min() ?? rest, rest)
    }

    private mutating func proceed(_ number: AnswerDesk.ConnectionNumber) {
        guard case .answer(let question) = connections[number]?.proceed(by: &buffer, now: .now) else {
            if connections[number]?.isEnded ?? false { end(number) }
            return
        }
        switch routes[question.path] {
        case .now(let find): answer(number, find(), question)
        case .later:
            connections[number]?.wait(for: question, now: .now)
            desk.ask(for: question.path, on: number)
        case nil: answer(number, Answer(refusing: .notFound), question)
        }
    }

    private mutating func deliverAnswers() {
        for case (let number, let found) in desk.takeAnswers() {
            guard case .waiting(let question) = connections[number]?.state else { continue }
            answer(number, found, question)
        }
    }

    private mutating func answer(
        _ number: AnswerDesk.ConnectionNumber,
        _ answer: Answer,
        _ question: RequestHead.Question
    ) {
        connections[number]?.answer(answer, withBody: question.wantsBody, now: .now)
        if connections[number]?.isEnded ?? false { end(number) }
    }

    private mutating func endLateConnections() {
        let now = ContinuousClock.now
        for case (let number, let connection) in connections where connection.deadline <= now { end(number) }
    }

    private mutating func acceptConnections() {
        while hasRoom() {
            let leaving = connections.count < limits.connections ? nil : leastWorthy
            switch listener.accept() {
            case .nobody: return
            case .refused:
                // One that leaves makes room for another; where none can, the machine needs time.
                guard let number = leastWorthy, timeToLeave(number) <= .now else {
                    rest = .now + (connections.isEmpty ? limits.restAfterRefusal : limits.grace)
                    return
                }
                end(number)
            case .connection(let socket):
                // Not before somebody is there who needs the room.
                if let leaving { end(leaving) }
                connections[nextNumber] = Connection(socket, limits, now: .now)
                nextNumber += 1
            }
        }
    }

    /// Whether there is room for another connection, or one that can make it; if not, nobody is taken until there is.
    private mutating func hasRoom() -> Bool {
        guard connections.count >= limits.connections, let number = leastWorthy else { return true }
        let time = timeToLeave(number)
        guard time > .now else { return true }
        rest = time
        return false
    }

    /// When a connection may have to make room.
    private func timeToLeave(_ number: AnswerDesk.ConnectionNumber) -> ContinuousClock.Instant {
        guard let connection = connections[number] else { return .now }
        return connection.isAnswered ? connection.arrival : connection.arrival + limits.grace
    }

    /// The connection that makes room: one that has its answer, else the oldest of those who ask or of those who wait
    /// for their answer, whichever are more, so that neither crowd drives out the others.
    private var leastWorthy: AnswerDesk.ConnectionNumber? {
        let answered = connections.lazy.filter(\.value.isAnswered).map(\.key).min()
        if let answered { return answered }
        let asking = connections.filter(\.value.isAsking).keys
        let isCrowdAsking = asking.count * 2 >= connections.count
        return isCrowdAsking ? asking.min() : connections.lazy.filter { !$0.value.isAsking }.map(\.key).min()
    }

    private mutating func end(_ number: AnswerDesk.ConnectionNumber) {
        connections[number] = nil
        desk.forget(number)
    }
}
