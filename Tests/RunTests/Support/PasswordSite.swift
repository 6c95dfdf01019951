import ControllerTestSupport
import Crypto
import CurlTestSupport
import EchoBackend
import Foundation
import Synchronization
import TestSupport

/// Hosts `a.example` and `b.example`, each of which asks for a name and a password of a Secret of its own.
struct PasswordSite: Sendable {
    let site: ControllerSite
    fileprivate let backend: EchoBackend.Address

    /// The hash by which nginx checks a password.
    static func hash(of password: String) -> String {
        "{SHA}" + Data(Insecure.SHA1.hash(data: Data(password.utf8))).base64EncodedString()
    }

    static func use(body: (PasswordSite) async throws -> Void) async throws {
        // An address of the machine that may be an endpoint's, in the network that `scripts/in-own-network` makes.
        try await EchoBackend.run(named: ["shop"], host: "198.51.100.1") { backends in
            guard let backend = backends["shop"] else { return }
            try await ControllerSite.use { try await body(PasswordSite(site: $0, backend: backend)) }
        }
    }

    /// Writes all manifests in one step: the Ingresses lead `/` to a path, and each Secret has some users with their
    /// passwords.
    func write(_ users: [String: String], to target: String = "/v1") throws {
        let hosts = ["a", "b"].map { name in
            let annotations = ["auth-type": "basic", "auth-secret": "users-\(name)"]
            let text = users.sorted { $0.key < $1.key }.map { "\($0.key):\(Self.hash(of: $0.value))\n" }.joined()
            return Manifest.ingress(name, to: target, annotations: annotations)
                + Manifest.service(name)
                .replacing("192.0.2.1", with: backend.host).replacing(
                    "ports: [{port: 80}]\n",
                    with: "ports: [{port: \(backend.port)}]\n"
                )
                + "---\napiVersion: v1\nkind: Secret\nmetadata: {name: users-\(name), namespace: shop}\n"
                + "data: {auth: \(Data(text.utf8).base64EncodedString())}\n"
        }
        try site.write(hosts.joined(), to: "hosts.yaml")
    }

    /// Has the passwords of `ann` and `bob` served by a run that ends, as something that the next one finds.
    func serveOnce() async throws {
        try write(["ann": "1", "bob": "1"])
        _ = try await site.run { _ in
            try await self.await(200, of: "bob", "1")
            try await eventually("it is remembered") { site.generation(at: "good") != nil }
        }
    }

    /// The status for somebody who brings a password: 401 where that is none of the host's.
    func status(of user: String, _ password: String, at host: String = "a") async throws -> Int {
        let credentials = Data("\(user):\(password)".utf8).base64EncodedString()
        let request =
            "GET /x HTTP/1.1\r\nHost: \(host).example\r\nAuthorization: Basic \(credentials)\r\nConnection: close\r\n\r\n"
        return try await RawConnection.use(to: "127.0.0.1", port: site.httpPort) { connection in
            try await connection.write(Array(request.utf8))
            return try CurlResponseHead(try await connection.readHead()).status
        }
    }

    /// Waits until somebody is let in, or is not any more.
    func await(_ status: Int, of user: String, _ password: String, at host: String = "a") async throws {
        try await eventually("\(user) is answered with \(status) at \(host).example") {
            do { return try await self.status(of: user, password, at: host) == status } catch { return false }
        }
    }

    /// Asks again and again, with one password that always holds and with one that may change, while `body` runs.
    ///
    /// Returns what was answered, or went wrong, and how often.
    func asking(
        _ steady: (user: String, password: String),
        _ other: (user: String, password: String),
        body: () async throws -> Void
    ) async throws -> (steady: [String: Int], other: [String: Int]) {
        try await withThrowingTaskGroup(of: (steady: [String: Int], other: [String: Int]).self) { group in
            let isDone = Atomic(false)
            group.addTask {
                var answers: (steady: [String: Int], other: [String: Int]) = ([:], [:])
                while !isDone.load(ordering: .relaxed) {
                    answers.steady[await answer(steady), default: 0] += 1
                    answers.other[await answer(other), default: 0] += 1
                    try await Task.sleep(for: .milliseconds(2))
                }
                return answers
            }
            try await body()
            isDone.store(true, ordering: .relaxed)
            return try await group.next() ?? ([:], [:])
        }
    }

    private func answer(_ client: (user: String, password: String)) async -> String {
        do { return "\(try await status(of: client.user, client.password))" } catch { return "\(error)" }
    }
}
