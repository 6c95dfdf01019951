import CurlTestSupport
import Foundation
import NginxTestSupport
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `A live nginx` {
    private func configuration(answering text: String, at address: String, _ main: String = "") -> String {
        let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \($0);" }
        return """
            \(main)
            events {}
            http {
                access_log off; \(paths.joined(separator: " "))
                server { listen \(address):8080; location / { return 200 "\(text)"; } }
            }

            """
    }

    /// Whether any process is left in the group that nginx led.
    private func isLeft(_ group: Int32) -> Bool { kill(-group, 0) == 0 }

    private func run(
        _ configuration: String,
        _ body: (LiveNginx, URL) async throws -> Void
    ) async throws {
        try await TemporaryFolder.use { folder in
            try ProxyExample.write(configuration, to: folder)
            try await LiveNginx.run(in: folder) { try await body($0, folder) }
        }
    }

    @Test(arguments: [
        "", "daemon off; pid my.pid;", "master_process on; error_log stderr notice; # pid other.pid;\n",
        "pid 'with space.pid';",
    ])
    func `serves, and leaves no process behind`(main: String) async throws {
        let address = try LoopbackAddress.unique().description
        var master: Int32 = 0
        try await run(configuration(answering: "x", at: address, main)) { nginx, _ in
            master = nginx.processIdentifier
            #expect(isLeft(master))
            let response = try await CurlClient(address: address, httpPort: 8080).send("GET http://a/")
            #expect(response.text == "x")
        }
        #expect(master > 1)
        #expect(!isLeft(master))
    }

    @Test func `is gone after it was stopped`() async throws {
        let address = try LoopbackAddress.unique().description
        try await run(configuration(answering: "x", at: address)) { nginx, _ in
            #expect(!nginx.hasEnded)
            await nginx.stop()
            #expect(nginx.hasEnded)
            await #expect(throws: CurlClient.Failure.self) {
                try await CurlClient(address: address, httpPort: 8080).send("GET http://a/")
            }
        }
    }

    @Test func `is gone after the test failed`() async throws {
        struct Failed: Error {}
        let address = try LoopbackAddress.unique().description
        var master: Int32 = 0
        await #expect(throws: Failed.self) {
            try await run(configuration(answering: "x", at: address)) { nginx, _ in
                master = nginx.processIdentifier
                throw Failed()
            }
        }
        #expect(master > 1)
        #expect(!isLeft(master))
    }

    @Test func `is gone after the test was cancelled`() async throws {
        let address = try LoopbackAddress.unique().description
        let configuration = configuration(answering: "x", at: address)
        let (started, continuation) = AsyncStream.makeStream(of: Int32.self)
        let test = Task {
            try await run(configuration) { nginx, _ in
                continuation.yield(nginx.processIdentifier)
                try await Task.sleep(for: .seconds(600))
            }
        }
        var iterator = started.makeAsyncIterator()
        let master = try #require(await iterator.next())
        test.cancel()
        await #expect(throws: (any Error).self) { try await test.value }
        #expect(!isLeft(master))
    }

    @Test func `workers are gone even if their master was killed`() async throws {
        let address = try LoopbackAddress.unique().description
        var master: Int32 = 0
        try await run(configuration(answering: "x", at: address)) { nginx, _ in
            master = nginx.processIdentifier
            kill(master, SIGKILL)
            try await eventually("the master ends") { nginx.hasEnded }
        }
        try await eventually("the workers end") { !isLeft(master) }
    }

    @Test func `is gone after the process of the test crashed`() async throws {
        let address = try LoopbackAddress.unique().description
        try await TemporaryFolder.use { folder in
            try ProxyExample.write(configuration(answering: "x", at: address, "pid nginx.pid;"), to: folder)
            await #expect(processExitsWith: .signal(SIGABRT)) { [path = folder.path(percentEncoded: false) as String] in
                try await LiveNginx.run(in: URL(filePath: path)) { _ -> Void in abort() }
            }
            let text = try String(contentsOf: folder.appending(path: "nginx.pid"), encoding: .utf8)
            let master = try #require(Int32(text.trimmingCharacters(in: .newlines)))
            try await eventually("nginx ends") { !isLeft(master) }
        }
    }

    @Test func `serves the new configuration once it has reloaded`() async throws {
        let address = try LoopbackAddress.unique().description
        let curl = CurlClient(address: address, httpPort: 8080)
        try await run(configuration(answering: "old", at: address)) { nginx, folder in
            for round in 0..<5 {
                try ProxyExample.write(configuration(answering: "new \(round)", at: address), to: folder)
                try await nginx.reload()
                let response = try await curl.send("GET http://a/")
                #expect(response.text == "new \(round)")
            }
        }
    }

    @Test func `says why it refused a configuration, at the start and on a reload`() async throws {
        let address = try LoopbackAddress.unique().description
        let good = configuration(answering: "x", at: address)
        let bad = configuration(answering: "x", at: address, "no_such_directive;")
        let error = await #expect(throws: LiveNginx.Refused.self) { try await run(bad) { _, _ in } }
        #expect(error?.description.contains("unknown directive \"no_such_directive\"") == true)
        try await run(good) { nginx, folder in
            try ProxyExample.write(bad, to: folder)
            let error = await #expect(throws: LiveNginx.Refused.self) { try await nginx.reload() }
            #expect(error?.description.contains("nginx.conf:1") == true)
            #expect(nginx.standardError.contains("no_such_directive"))
            let response = try await CurlClient(address: address, httpPort: 8080).send("GET http://a/")
            #expect(response.text == "x")
        }
    }

    @Test func `a test of a configuration says what nginx says`() async throws {
        try await TemporaryFolder.use { folder in
            try ProxyExample.write(configuration(answering: "x", at: "127.0.0.1"), to: folder)
            let good = try await nginxTest(folder)
            #expect(good.ok)
            #expect(good.output.contains("test is successful"))
            try ProxyExample.write("events {}\nhttp { nonsense; }\n", to: folder)
            let bad = try await nginxTest(folder)
            #expect(!bad.ok)
            #expect(bad.output.contains("nginx.conf:2"))
        }
    }

    @Test func `a program that is missing is an error`() throws {
        let error = #expect(throws: Tool.Missing.self) { try Tool("no-such-program") }
        #expect(error?.description == "no-such-program is not installed")
    }
}
