import FlyingSocks
import Foundation
import Subprocess
import TestSupport
import Testing

/// How `postern demo` ends, and what it leaves behind.
@Suite(.timeLimit(.minutes(10)))
struct EndTests {
    @Test(arguments: [Signal.interrupt, .terminate, .terminalClosed])
    func `a signal ends it with 0 and leaves no process, port or file`(_ signal: Signal) async throws {
        try await TemporaryFolder.use { folder in
            var traces: DemoRun.Traces?
            let end = try await DemoRun.use(endedBy: signal, in: folder) { demo in traces = try demo.traces }
            #expect(end.status == .exited(0))
            #expect(end.errors.isEmpty)
            try #expect(Self.isEmpty(folder))
            let left = try #require(traces)
            // nginx with a worker; two ports of nginx and one of each backend.
            #expect(left.processes.count >= 2 && left.ports.count == 5)
            #expect(left.remains.isEmpty)
        }
    }

    @Test func `it ends soon although a client never finishes its request`() async throws {
        try await TemporaryFolder.use { folder in
            let ports = FreePort.options()
            let port = try #require(UInt16(ports[1]))
            let socket = try Socket(domain: AF_INET, type: .stream)
            defer { try? socket.close() }
            var traces: DemoRun.Traces?
            let end = try await DemoRun.use(ports, in: folder) { demo in
                traces = try demo.traces
                try socket.connect(to: .inet(ip4: "127.0.0.1", port: port))
                _ = try socket.write(Data("GET / HTTP/1.1\r\n".utf8))
            }
            #expect(end.status == .exited(0))
            try #expect(Self.isEmpty(folder))
            let left = try #require(traces)
            try await eventually("killed workers are gone") { left.remains.isEmpty }
        }
    }

    @Test func `it ends with 2 when nginx is killed, and leaves nothing`() async throws {
        try await TemporaryFolder.use { folder in
            var traces: DemoRun.Traces?
            let end = try await DemoRun.use(endedBy: nil, in: folder) { demo in
                traces = try demo.traces
                kill(try demo.master, SIGKILL)
            }
            #expect(end.status == .exited(2))
            #expect(end.errors.hasPrefix("Error: nginx has ended"))
            try #expect(Self.isEmpty(folder))
            let left = try #require(traces)
            try await eventually("killed workers are gone") { left.remains.isEmpty }
        }
    }

    @Test func `without nginx it names the Debian package`() async throws {
        try await TemporaryFolder.use { folder in
            let end = try await DemoRun.use(["--nginx", "/nowhere/nginx"], in: folder)
            #expect(end.status == .exited(2))
            #expect(end.errors.contains("/nowhere/nginx is no program; on Debian it is in the package nginx"))
            #expect(end.output.isEmpty)
            try #expect(Self.isEmpty(folder))
        }
    }

    @Test func `when nginx does not start, its own words are printed`() async throws {
        try await TemporaryFolder.use { folder in
            try await TemporaryFolder.use { programs in
                let nginx = programs.appending(path: "nginx").path(percentEncoded: false)
                let script = """
                    #!/bin/sh
                    if [ "$1" = -V ]; then echo 'nginx version: nginx/1.22.1' >&2; exit 0; fi
                    echo 'nginx: [emerg] out of luck in nginx.conf:7' >&2
                    exit 1
                    """
                try Data(script.utf8).write(to: URL(filePath: nginx))
                chmod(nginx, 0o755)
                let end = try await DemoRun.use(FreePort.options() + ["--nginx", nginx], in: folder)
                #expect(end.status == .exited(2))
                #expect(
                    end.errors == "Error: nginx does not start:\nnginx: [emerg] out of luck in nginx.conf:7\n"
                )
                try #expect(Self.isEmpty(folder))
            }
        }
    }

    @Test func `a port that is taken is named, with the option for another`() async throws {
        try await TemporaryFolder.use { folder in
            try await FreePort.whileTaken { port in
                let end = try await DemoRun.use(["--http-port", "\(port)"], in: folder)
                #expect(end.status == .exited(2))
                #expect(end.errors.contains("127.0.0.1:\(port) cannot be listened on: Address already in use"))
                #expect(end.errors.contains("--http-port takes another port"))
                try #expect(Self.isEmpty(folder))
            }
        }
    }

    @Test func `one port for both schemes is refused`() async throws {
        try await TemporaryFolder.use { folder in
            let end = try await DemoRun.use(["--http-port", "18080", "--https-port", "18080"], in: folder)
            #expect(end.status == .exited(2))
            #expect(end.errors.contains("HTTP and HTTPS need a port each"))
        }
    }

    private static func isEmpty(_ folder: URL) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).isEmpty
    }
}
