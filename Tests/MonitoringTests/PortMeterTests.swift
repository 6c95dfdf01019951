import TestSupport
import Testing

@testable import Monitoring

/// The sessions of TCP and UDP, as metrics have them.
@Suite struct PortMeterTests {
    private static func lines(_ meter: PortMeter) -> [String] {
        MetricsText.text(meter.families).split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }

    private static func line(_ text: String) -> [UInt8] { Array("<190>Nov 30 05:00:01 postern: \(text)".utf8) }

    @Test func `sessions that end are counted by port, transport and status`() {
        let meter = PortMeter()
        for text in [
            "TCP 5432 200 10 2000 1.500", "TCP 5432 200 5 1 0.250\n", "TCP 5432 502 0 0 0.001",
            "UDP 53 200 40 90 0.004",
        ] {
            meter.take(Self.line(text))
        }
        #expect(
            Self.lines(meter) == [
                #"postern_port_sessions_total{transport="tcp",port="5432",status="200"} 2"#,
                #"postern_port_sessions_total{transport="tcp",port="5432",status="502"} 1"#,
                #"postern_port_sessions_total{transport="udp",port="53",status="200"} 1"#,
                #"postern_port_received_bytes_total{transport="tcp",port="5432"} 15"#,
                #"postern_port_received_bytes_total{transport="udp",port="53"} 40"#,
                #"postern_port_sent_bytes_total{transport="tcp",port="5432"} 2001"#,
                #"postern_port_sent_bytes_total{transport="udp",port="53"} 90"#,
                #"postern_port_session_seconds_total{transport="tcp",port="5432"} 1.751"#,
                #"postern_port_session_seconds_total{transport="udp",port="53"} 0.004"#,
            ]
        )
    }

    @Test(arguments: [
        "", "TCP", "TCP 5432 200 10 20", "TCP 0 200 1 1 1", "TCP 70000 200 1 1 1", "SCTP 1 200 1 1 1",
        "TCP 1 20 1 1 1", "TCP 1 999 1 1 1", "TCP 1 200 -1 1 1", "TCP 1 200 1 1 nan", "TCP 1 200 1 1 inf",
        "TCP 1 200 1 1 1 1", "TCP 1 200 99999999999999999999 1 1", "TCP 1 200 1 1 -1",
    ])
    func `a line that is none of nginx's counts nothing`(_ text: String) {
        let meter = PortMeter()
        meter.take(Self.line(text))
        meter.take(Array(text.utf8))
        meter.take([0xFF, 0, 0x20])
        #expect(Self.lines(meter) == [])
    }

    @Test func `counters do not overflow, nor does what is counted grow without end`() {
        let meter = PortMeter()
        for number in 1...5_000 { meter.take(Self.line("TCP \(number) 200 \(Int.max) 1 1")) }
        meter.take(Self.line("TCP 1 200 \(Int.max) 1 1"))
        #expect(Self.lines(meter).count == 4_096 * 4)
    }

    @Test func `connections that are open are counted by their own port`() {
        let table = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 00000000:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0
               1: 0100007F:1538 0200007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 2 1 0
               2: 0100007F:1538 0200007F:D432 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0
               3: 0100007F:1538 0200007F:D433 06 00000000:00000000 00:00000000 00000000     0        0 0 1 0
               4: 0100007F:D431 0200007F:1538 01 00000000:00000000 00:00000000 00000000     0        0 4 1 0
               5: 00000000000000000000000001000000:0050 0:0 01 0
            broken
            """
        let counts = OpenConnections.count(of: [5_432, 80, 81], in: Array(table.utf8))
        #expect(counts == [5_432: 2, 80: 1])
        #expect(OpenConnections.count(of: [80], in: []) == [:])
    }

    @Test func `connections are counted in a table of any length`() async throws {
        // Who listens comes first in the system's table, of which one page has less than thirty lines.
        let ports = try (0..<60).map { _ in try ClaimedPort.next() }
        let holders = try ports.map(PortHolder.init)
        defer { for holder in holders { holder.release() } }
        let port = try #require(ports.last)
        try await RawConnection.use(to: "127.0.0.1", port: port) { _ in
            #expect(OpenConnections.counts(of: [port]) == [port: 1])
        }
    }
}
