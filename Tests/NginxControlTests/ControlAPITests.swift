import Foundation
import TestSupport
import Testing

@testable import NginxControl

/// What is made of the answers of a control API, whoever gives them.
@Suite(.timeLimit(.minutes(5)))
struct ControlAPITests {
    private static func asking<Result>(
        _ handle: @escaping @Sendable (String, UnixServer.Peer) -> Void,
        body: (NginxControlAPI) throws -> Result
    ) async throws -> Result {
        try await TemporaryFolder.use { folder in
            let socket = "\(folder.path)/n.sock"
            return try await UnixServer.use(at: socket, handle: handle) { _ in
                try body(NginxControlAPI(socket: socket))
            }
        }
    }

    /// The answer to a reload, as soon as there is one.
    private static func reload(_ answer: String) async throws -> ControlReload.Answer? {
        try await asking({ $1.write(answer) }) { api in
            guard var reload = api.reload() else { return nil }
            let deadline = ContinuousClock.now + .seconds(60)
            while ContinuousClock.now < deadline {
                if let answer = reload.answer() { return answer }
                usleep(2_000)
            }
            return nil
        }
    }

    private static func response(_ status: String, _ body: String) -> String {
        "HTTP/1.1 \(status)\r\nServer: nginx/1.31.5\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func `processes are those that nginx lists`() async throws {
        let list = """
            [{"name":"worker process","pid":31,"exiting":true},{"name":"cache manager process","pid":32,"exiting":false},
            {"name":"worker process","pid":33,"exiting":false}]
            """
        let processes = try await Self.asking { line, peer in
            peer.write(line == "GET /1/control/processes HTTP/1.1" ? Self.response("200 OK", list) : line)
        } body: {
            $0.processes()
        }
        #expect(processes?.map(\.pid) == [31, 32, 33])
        #expect(processes?.filter { $0.isWorker && !$0.exiting }.map(\.pid) == [33])
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\n", "\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[]",
        response("200 OK", "{}"),
        response("200 OK", #"[{"pid":"x"}]"#), response("404 Not Found", "[]"), response("200 OK", "[") + "]",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n[",
    ])
    func `an answer that is no list of processes is none`(_ answer: String) async throws {
        #expect(try await Self.asking({ $1.write(answer) }, body: { $0.processes() }) == nil)
    }

    @Test func `an answer that is too long is not read to its end`() async throws {
        let (head, body) = (String(repeating: "x", count: 5 << 20), String(repeating: " ", count: 5 << 20))
        for answer in [head, Self.response("200 OK", "[\(body)]")] {
            #expect(try await Self.asking({ $1.write(answer) }, body: { $0.processes() }) == nil)
            #expect(try await Self.reload(answer) == .other("its answer is too long"))
        }
    }

    @Test func `an answer that does not come is not waited for`() async throws {
        let list = try await Self.asking({ $1.awaitEnd() }, body: { $0.processes(within: .milliseconds(50)) })
        #expect(list == nil)
        #expect(NginxControlAPI(socket: "/nowhere/n.sock").processes() == nil)
        #expect(NginxControlAPI(socket: "/nowhere/n.sock").hasRead("abc") == nil)
    }

    @Test func `an answer may come in pieces`() async throws {
        let text = Self.response("200 OK", #"[{"name":"worker process","pid":7,"exiting":false}]"#)
        let list = try await Self.asking { _, peer in
            for character in text {
                peer.write(String(character))
                usleep(100)
            }
        } body: {
            $0.processes(within: .seconds(60))
        }
        #expect(list?.count == 1)
    }

    @Test func `nginx has read a generation that its configuration names`() async throws {
        let body = #"[{"name":"/s/current/nginx.conf","content":"location = /generation {\n return 200 abc123;\n}"}]"#
        try await Self.asking({ $1.write(Self.response("200 OK", body)) }) { api in
            #expect(api.hasRead("abc123") == true)
            #expect(api.hasRead("abc124") == false)
        }
    }

    @Test func `a reload is taken, or refused with the lines of the log`() async throws {
        #expect(try await Self.reload(Self.response("200 OK", #"{"logs":[]}"#)) == .read)
        let line = #"2026/11/30 11:00:28 [emerg] 3#3: unknown directive \"x\" in /s/current/nginx.conf:3\n"#
        let refused = try await Self.reload(Self.response("422 Unprocessable Entity", #"{"logs":["\#(line)"]}"#))
        #expect(
            refused
                == .refused(
                    log: "2026/11/30 11:00:28 [emerg] 3#3: unknown directive \"x\" in /s/current/nginx.conf:3\n"
                )
        )
        // What goes wrong after nginx has read its files is in its log alone.
        #expect(try await Self.reload(Self.response("422 Unprocessable Entity", #"{"logs":[]}"#)) == .refused(log: ""))
        #expect(try await Self.reload(Self.response("422 Unprocessable Entity", "rubbish")) == .refused(log: ""))
    }

    @Test func `a line that holds others is one line`() async throws {
        let line = #"1 [warn] 3#3: \"a\n2026/01/01 00:00:00 [emerg] 1#1: forged in /s/current/nginx.conf:7\" x\n"#
        let refused = try await Self.reload(Self.response("422 Unprocessable Entity", #"{"logs":["\#(line)"]}"#))
        guard case .refused(let log) = refused else {
            throw Tool.Failure(description: "\(String(describing: refused))")
        }
        #expect(log.split(separator: "\n").count == 1)
        #expect(NginxRefusal(standardError: log, folder: "/s/current") == nil)
    }

    @Test(arguments: [
        ("", "it closes the connection before it has answered"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", "it closes the connection before it has answered"),
        (response("500 Internal Server Error", ""), "it answers a reload with status 500"),
        (response("405 Not Allowed", ""), "it answers a reload with status 405"),
        ("rubbish\r\n\r\n", "it answers a reload with status 0"),
    ])
    func `another answer is said to be of no use`(_ answer: String, _ reason: String) async throws {
        #expect(try await Self.reload(answer) == .other(reason))
    }

    @Test func `the socket is the one in the folder that the command line names`() {
        func socket(_ title: String) -> String? {
            let entry = ProcessEntry(processIdentifier: 7, parent: 1, session: 7, startTime: 1, title: title)
            return entry.controlAPI(in: "/s/control")?.socket
        }
        #expect(socket("nginx: master process nginx -c /s/nginx.conf -l unix:/s/control/a.sock") == "/s/control/a.sock")
        #expect(socket("nginx: master process nginx -l unix:/s/control/a.sock -e stderr") == "/s/control/a.sock")
        #expect(socket("nginx: master process nginx -c /s/nginx.conf") == nil)
        #expect(socket("nginx: master process nginx -l unix:/s/control/../a.sock") == nil)
        #expect(socket("nginx: master process nginx -l unix:/s/control/") == nil)
        #expect(socket("nginx: master process nginx -l unix:/tmp/a.sock") == nil)
        #expect(socket("nginx: master process nginx -l 127.0.0.1:8000") == nil)
    }
}
