import Foundation
import TestSupport

extension ControlPlane {
    /// Starts the API server, on the same port as before, and waits until it is ready.
    package func startServer() async throws {
        let program = try await Self.server()
        let files = "\(folder)/certificates"
        try await start(
            "kube-apiserver",
            program,
            [
                "--etcd-servers=http://127.0.0.1:\(etcdPort)",
                "--secure-port=\(port)", "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1",
                "--cert-dir=\(files)", "--client-ca-file=\(clientAuthority).crt",
                "--service-account-key-file=\(files)/accounts.key",
                "--service-account-signing-key-file=\(files)/accounts.key",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--authorization-mode=RBAC",
                "--service-cluster-ip-range=198.18.0.0/15",
                // Nobody keeps these in line: the Endpoints of `kubernetes`, and the tokens that Pods would mount.
                "--endpoint-reconciler-type=none", "--disable-admission-plugins=ServiceAccount",
            ] + serverOptions
        )
        try await awaitServer("kube-apiserver") { try await isReady() }
    }

    /// Ends the API server, as a crash does unless another signal is given, and waits until it is gone.
    package func stopServer(by signal: Int32 = SIGKILL) async throws {
        let process = processIdentifier(of: "kube-apiserver")
        kill(process, signal)
        try await eventually("the API server is gone") { !isAlive(process) }
    }

    /// Whether the API server answers and has all that it needs.
    package func isReady() async throws -> Bool {
        let curl = try Tool("curl")
        let outcome = try await curl.run(["--disable", "--silent", "--insecure", "--noproxy", "*", "\(url)/readyz"])
        return outcome.text == "ok"
    }

    func startEtcd() async throws {
        let own = "http://127.0.0.1:\(etcdPort)"
        let peer = "http://127.0.0.1:\(etcdPeerPort)"
        try await start(
            "etcd",
            try Tool("etcd").path,
            [
                "--data-dir=\(folder)/etcd", "--unsafe-no-fsync",
                "--listen-client-urls=\(own)", "--advertise-client-urls=\(own)",
                "--listen-peer-urls=\(peer)", "--initial-advertise-peer-urls=\(peer)",
                "--initial-cluster=default=\(peer)",
            ]
        )
        let curl = try Tool("curl")
        try await awaitServer("etcd") {
            try await curl.run(["--disable", "--silent", "--noproxy", "*", "\(own)/health"]).text.contains("true")
        }
    }

    /// The program that `make test` builds where it is not there.
    private static func server() async throws -> String {
        let script = PackageRoot.url.appending(path: "scripts/build-kube-apiserver")
        let outcome = try await Tool(at: script.path).run(["--find"])
        guard outcome.succeeded else { throw Tool.Failure(description: outcome.errors) }
        return outcome.text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Starts a server that belongs to nobody: the shell ends at once.
    private func start(_ name: String, _ program: String, _ arguments: [String]) async throws {
        let script = #"log=$1.log file=$1.pid; shift; "$@" </dev/null >>"$log" 2>&1 & echo $! >"$file""#
        let outcome = try await Tool(at: "/bin/sh").run(["-c", script, "sh", "\(folder)/\(name)", program] + arguments)
        guard outcome.succeeded else { throw Tool.Failure(description: outcome.errors) }
    }

    /// Waits until a server is ready, and throws the end of its log if it is gone instead, or takes too long.
    private func awaitServer(_ name: String, isReady: () async throws -> Bool) async throws {
        let process = processIdentifier(of: name)
        do {
            try await eventually("\(name) is ready") {
                if try await isReady() { return true }
                guard isAlive(process) else { throw Tool.Failure(description: "\(name) has ended") }
                // It needs the processor more than whoever asks.
                try await Task.sleep(for: .milliseconds(50))
                return false
            }
        } catch {
            throw Tool.Failure(description: "\(error); its log ends with:\n\(log(of: name).suffix(2000))")
        }
    }

    private func log(of name: String) -> String { text(of: "\(name).log") }

    private func processIdentifier(of name: String) -> Int32 {
        Int32(text(of: "\(name).pid").trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }

    private func text(of file: String) -> String {
        FileManager.default.contents(atPath: "\(folder)/\(file)").map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
