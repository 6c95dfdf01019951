import IngressTranslation
import NginxSyntax
import ProxyConfiguration
import Testing

/// Room for connections, by how many upstreams there are.
struct ConnectionRoomTests {
    private func completed(
        _ upstreams: Int,
        _ change: (inout ProcessSettings, inout HTTPSettings) -> Void = { _, _ in }
    ) -> [String?] {
        var (process, http) = (ProcessSettings(), HTTPSettings())
        change(&process, &http)
        ConnectionRoom(upstreams: upstreams).complete(&process, &http)
        return [process.events.value(of: "worker_connections"), http.keptConnections.idleTime?.description]
    }

    @Test func `very many upstreams have more room, and keep idle connections for less long`() {
        #expect(completed(0) == ["16384", nil])
        #expect(completed(4_096) == ["16384", nil])
        #expect(completed(4_097) == ["49152", "10s"])
    }

    @Test func `what is set is as it is set`() throws {
        let set = completed(10_000) { process, http in
            process.events.set(SettingDirective<Number>("worker_connections"), to: Number(1_024))
            http.keptConnections.idleTime = TimeSpan(seconds: 60)
        }
        #expect(set == ["1024", "1m"])
    }
}
