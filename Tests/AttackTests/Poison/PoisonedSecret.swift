import Foundation
import TestSupport

/// Secrets that nginx loads, and that no TLS client of OpenSSL can use.
enum PoisonedSecret: String, CaseIterable {
    case brainpoolP256r1
    case secp224r1
    case secp256k1
    case sect283r1
    /// Five thousand names: the certificate is longer than a client reads.
    case manyNames
    /// The same of the certificate that signed it.
    case longChain

    /// The tenant's manifest, with a certificate for hosts that is well but for this.
    func manifest(named name: String, in namespace: String, for hosts: [String]) async throws -> String {
        try await TemporaryFolder.use { folder in
            let names = hosts.map { "DNS:\($0)" }.joined(separator: ",")
            switch self {
            case .brainpoolP256r1, .secp224r1, .secp256k1, .sect283r1:
                try await openssl("ecparam -name \(rawValue) -genkey -noout -out tls.key", in: folder)
                try await sign(names, in: folder)
            case .manyNames:
                try await openssl("ecparam -name prime256v1 -genkey -noout -out tls.key", in: folder)
                try await sign(names + Self.ballast, in: folder)
            case .longChain:
                try await openssl("ecparam -name prime256v1 -genkey -noout -out ca.key", in: folder)
                try await sign("DNS:ca.example" + Self.ballast, key: "ca.key", to: "ca.crt", in: folder)
                try await openssl("ecparam -name prime256v1 -genkey -noout -out tls.key", in: folder)
                try await sign(names, by: "-CA ca.crt -CAkey ca.key", in: folder)
                let chain = try ["tls.crt", "ca.crt"].map { try Data(contentsOf: folder.appending(path: $0)) }
                try Data(chain.joined()).write(to: folder.appending(path: "tls.crt"))
            }
            return try Self.manifest(named: name, in: namespace, from: folder)
        }
    }

    /// More than a hundred kibibytes of names.
    private static let ballast = (0..<5_000).map { ",DNS:host-\($0 + 10_000).ballast.example" }.joined()

    private func sign(
        _ names: String,
        key: String = "tls.key",
        to certificate: String = "tls.crt",
        by issuer: String? = nil,
        in folder: URL
    ) async throws {
        let text = "[req]\ndistinguished_name = name\n[name]\n[parts]\nsubjectAltName = \(names)\n"
        try Data(text.utf8).write(to: folder.appending(path: "parts.cnf"))
        let request = "req -key \(key) -subj /CN=tenant -config parts.cnf"
        guard let issuer else {
            try await openssl("\(request) -x509 -days 2 -extensions parts -out \(certificate)", in: folder)
            return
        }
        try await openssl("\(request) -new -out asked.pem", in: folder)
        let extensions = "-extfile parts.cnf -extensions parts"
        try await openssl("x509 -req -in asked.pem -days 2 \(issuer) \(extensions) -out \(certificate)", in: folder)
    }

    private func openssl(_ arguments: String, in folder: URL) async throws {
        let outcome = try await Tool("openssl").run(arguments.split(separator: " ").map(String.init), in: folder)
        guard outcome.succeeded else { throw Tool.Failure(description: outcome.errors) }
    }

    private static func manifest(named name: String, in namespace: String, from folder: URL) throws -> String {
        func base64(_ file: String) throws -> String {
            try Data(contentsOf: folder.appending(path: file)).base64EncodedString()
        }
        return """
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: \(name), namespace: \(namespace)}
            type: kubernetes.io/tls
            data: {tls.crt: \(try base64("tls.crt")), tls.key: \(try base64("tls.key"))}

            """
    }
}
