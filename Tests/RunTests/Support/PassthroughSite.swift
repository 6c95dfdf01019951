import ControllerTestSupport
import Foundation
import TestSupport

/// A host whose TLS is passed on to a server of TLS, which sends back what it gets, and answers requests of HTTP.
struct PassthroughSite {
    let site: ControllerSite
    private let backend: UInt16

    /// An address of the machine that may be an endpoint's, in the network that `scripts/in-own-network` makes.
    private static let address = "198.51.100.1"

    static func use(body: (PassthroughSite) async throws -> Void) async throws {
        try await ControllerSite.use { site in
            let passing = PassthroughSite(site: site, backend: try ClaimedPort.next())
            let folder = URL(filePath: site.folder)
            let identity = try await CertificateFiles(named: "backend.example", for: ["backend.example"], in: folder)
            let files = [identity.certificate, identity.key].map { $0.path(percentEncoded: false) }
            let script = try passing.write(peer, to: "peer.py")
            let command = "\(try Tool("python3").path) \(script) \(passing.backend) \(files.joined(separator: " "))"
            let shell = "\(command) </dev/null >/dev/null 2>&1 & program=$!; read -r line; kill $program; wait"
            try await Guardian.run(shell, over: "") {
                try await eventually("the backend listens") {
                    (try? await RawConnection.use(to: "127.0.0.1", port: passing.backend) { _ in true }) ?? false
                }
                try passing.writeManifests(isPassed: true)
                try await body(passing)
            }
        }
    }

    /// Says whether TLS of `vault.example` is passed on.
    func writeManifests(isPassed: Bool) throws {
        let text = """
            apiVersion: v1
            kind: Service
            metadata: {name: vault, namespace: shop}
            spec: {ports: [{name: tls, port: 443}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: vault-1, namespace: shop, labels: {kubernetes.io/service-name: vault}}
            addressType: IPv4
            endpoints: [{addresses: ["\(Self.address)"]}]
            ports: [{name: tls, port: \(backend), protocol: TCP}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: vault
              namespace: shop
              annotations:
                nginx.ingress.kubernetes.io/ssl-passthrough: "\(isPassed)"
                nginx.ingress.kubernetes.io/backend-protocol: HTTPS
            spec:
              rules:
              - host: vault.example
                http:
                  paths:
                  - {path: /, pathType: Prefix, backend: {service: {name: vault, port: {number: 443}}}}

            """
        try site.write(text, to: "vault.yaml")
    }

    /// Waits until TLS of the host is passed on, or no more.
    func await(isPassed: Bool) async throws {
        let words = ["s_client", "-connect", "127.0.0.1:\(site.httpsPort)", "-servername", "vault.example"]
        try await eventually("vault.example is \(isPassed ? "passed on" : "served")") {
            let outcome = try await Tool("sh").run(
                ["-c", #"exec openssl "$@" </dev/null"#, "sh"] + words
            )
            return outcome.text.contains("BEGIN CERTIFICATE")
                && outcome.text.contains("CN = backend.example") == isPassed
        }
    }

    /// Runs a client until `body` is done; returns what it has to say.
    func whileRunning(_ client: String, _ arguments: String..., body: () async throws -> Void) async throws -> String {
        let script = try write(client, to: "client.py")
        let (stop, python) = ("\(site.folder)/stop", try Tool("python3"))
        let words = [script, "\(site.httpsPort)", stop] + arguments
        async let outcome = python.run(words)
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        try Data().write(to: URL(filePath: stop))
        let text = try await outcome
        unlink(stop)
        try result.get()
        return text.text + text.errors
    }

    private func write(_ text: String, to name: String) throws -> String {
        let path = "\(site.folder)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    private static let peer = """
        import asyncio, ssl, sys

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])

        async def serve(reader, writer):
            try:
                while line := await reader.readline():
                    if line.startswith(b"GET "):
                        while (await reader.readline()).strip():
                            pass
                        writer.write(b"HTTP/1.1 200 OK\\r\\nConnection: close\\r\\n\\r\\nbackend\\n")
                        await writer.drain()
                        break
                    writer.write(line)
                    await writer.drain()
            except OSError:
                pass
            finally:
                writer.close()

        async def main():
            server = await asyncio.start_server(serve, "0.0.0.0", int(sys.argv[1]), ssl=context)
            await server.serve_forever()

        asyncio.run(main())

        """

    /// Keeps connections open, and sends lines over each that must come back.
    static let holding = """
        import asyncio, os, ssl, sys

        port, stop, count = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        broken, exchanges = [], 0

        async def hold():
            global exchanges
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context, server_hostname="vault.example")
                while not os.path.exists(stop):
                    writer.write(b"ping\\n")
                    await writer.drain()
                    if await reader.readline() != b"ping\\n":
                        raise OSError("no echo")
                    exchanges += 1
                    await asyncio.sleep(0.05)
                writer.close()
            except Exception as error:
                broken.append(repr(error))

        async def main():
            await asyncio.gather(*(hold() for _ in range(count)))
            print("broken", len(broken), "exchanges", exchanges > count * 10, broken[:3])

        asyncio.run(main())

        """

    /// Connects again and again, for a host that is passed on at times and for one that never is.
    static let asking = """
        import os, socket, ssl, sys, threading

        port, stop = int(sys.argv[1]), sys.argv[2]
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        lost, answered = [], 0
        lock = threading.Lock()

        def ask(host):
            global answered
            while not os.path.exists(stop):
                try:
                    with socket.create_connection(("127.0.0.1", port), timeout=60) as plain:
                        with context.wrap_socket(plain, server_hostname=host) as connection:
                            connection.sendall(f"GET / HTTP/1.1\\r\\nHost: {host}\\r\\nConnection: close\\r\\n\\r\\n".encode())
                            answer = b""
                            while part := connection.recv(4096):
                                answer += part
                    if not answer.startswith(b"HTTP/1.1 "):
                        raise OSError("no answer")
                    with lock:
                        answered += 1
                except OSError as error:
                    with lock:
                        lost.append(host + " " + repr(error))

        threads = [threading.Thread(target=ask, args=(host,)) for host in ["vault.example", "a.example"] * 3]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print("lost", len(lost), "answered", answered > 50, lost[:3])

        """
}
