package import BoundedServer
import Sockets
import Synchronization

/// Counts the sessions of TCP and UDP, each when nginx logs its end.
package final class PortMeter: Sendable {
    private let counts = Mutex<[Port: Count]>([:])

    /// Hostile lines would come from the machine itself, and make no more of them than this.
    private static let most = 4_096

    struct Port: Hashable, Comparable {
        var transport: String
        var number: Int

        static func < (left: Port, right: Port) -> Bool {
            (left.transport, left.number) < (right.transport, right.number)
        }
    }

    private struct Count {
        var sessions: [Int: Int] = [:]
        var received = 0
        var sent = 0
        var seconds = 0.0
    }

    private let reader: DatagramReader?

    /// Counts what it is given alone.
    package init() { reader = nil }

    /// Counts what nginx sends to a Unix socket as well; throws where that cannot be had.
    package init(socket: String) throws(BoundedServer.Failure) {
        do throws(SocketError) {
            reader = try DatagramReader(path: socket)
        } catch {
            throw BoundedServer.Failure(description: "\(socket) cannot be served: \(error)")
        }
    }

    /// Takes lines from the socket until the task is cancelled.
    package func run() async { await reader?.run { self.take($0) } }

    /// Takes a line of syslog that ends with `postern: TCP 5432 200 12 34 0.250`; others are none of nginx's.
    package func take(_ line: [UInt8]) {
        let text = String(decoding: line, as: UTF8.self)
        guard let mark = text.firstRange(of: " postern: ") else { return }
        let words = text[mark.upperBound...].split { $0 == " " || $0.isNewline }
        guard words.count == 6, words[0] == "TCP" || words[0] == "UDP", let number = Int(words[1]),
            (1...65_535).contains(number), let status = Int(words[2]), (100...599).contains(status),
            let received = Int(words[3]), let sent = Int(words[4]), let seconds = Double(words[5]),
            received >= 0, sent >= 0, seconds >= 0, seconds.isFinite
        else { return }
        let port = Port(transport: words[0].lowercased(), number: number)
        counts.withLock { counts in
            guard counts[port] != nil || counts.count < Self.most else { return }
            counts[port, default: Count()].sessions[status, default: 0] += 1
            counts[port, default: Count()].received &+= received
            counts[port, default: Count()].sent &+= sent
            counts[port, default: Count()].seconds += seconds
        }
    }

    /// The samples of each metric, by transport and port.
    var families: [MetricFamily] {
        var sessions = MetricFamily(
            "postern_port_sessions_total",
            .counter,
            "Connections of TCP and exchanges of datagrams that have ended, by port and status."
        )
        var received = MetricFamily("postern_port_received_bytes_total", .counter, "Bytes from clients, by port.")
        var sent = MetricFamily("postern_port_sent_bytes_total", .counter, "Bytes to clients, by port.")
        var seconds = MetricFamily(
            "postern_port_session_seconds_total",
            .counter,
            "How long sessions that have ended took together, in seconds, by port."
        )
        for (port, count) in counts.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            let number = "\(port.number)"
            for (status, ended) in count.sessions.sorted(by: { $0.key < $1.key }) {
                sessions.add(
                    Double(ended),
                    ["transport": port.transport, "port": number, "status": "\(status)"]
                )
            }
            received.add(Double(count.received), ["transport": port.transport, "port": number])
            sent.add(Double(count.sent), ["transport": port.transport, "port": number])
            seconds.add(count.seconds, ["transport": port.transport, "port": number])
        }
        return [sessions, received, sent, seconds]
    }
}
