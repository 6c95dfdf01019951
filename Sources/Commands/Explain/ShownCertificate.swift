import ArgumentParser
import Diagnostics
import Foundation
import NginxSyntax
import OpenSSL
import ProxyConfiguration

/// The option that names the certificate of a client.
struct CertificateOptions: ParsableArguments {
    @Option(
        name: .customLong("client-cert"),
        help: ArgumentHelp(
            "The certificate that the client shows, in PEM, with those between it and its authority.",
            discussion: """
                It is checked as nginx does, with the OpenSSL of this machine and as of now, against the authorities, \\
                the lists of revoked certificates and the name that the host asks for. Whether the client has its key \\
                cannot be known.
                """,
            valueName: "file"
        )
    )
    var file: String?

    init() {}

    /// Throws ``CommandFailure`` for a file that cannot be read.
    func certificate() throws -> SecretBytes? {
        guard let file else { return nil }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure("\(file): it cannot be read")
        }
        return SecretBytes(Array(data))
    }
}

/// What a server makes of the certificate that a client shows.
struct ShownCertificate {
    /// What it is, and whether it is good.
    let text: String
    /// What the server asks for of all others, once this one has been looked at.
    private let clients: ClientVerification?
    private let host: HostPattern

    /// Throws ``CommandFailure`` for text that holds no certificate.
    init(_ pem: SecretBytes, of request: Request, to server: VirtualServer, in table: RouteTable) throws {
        host = server.host
        let asked = server.policy.clients?.certificates
        let authorities = asked.flatMap { table.files[$0.authorities] }
        let verdict = ClientIdentity.verdict(
            on: pem,
            authorities: authorities?.content ?? SecretBytes([]),
            revocations: asked?.revocations.flatMap { table.files[$0]?.content },
            depth: asked?.depth.value ?? 1
        )
        guard let verdict else { throw CommandFailure("the file of --client-cert holds no certificate in PEM") }
        let name = "\(verdict.subject), issued by \(verdict.issuer)"
        guard let asked else {
            clients = server.policy.clients
            text = "\(name): the host \(server.policy.clients == nil ? "asks for none" : "serves nobody")"
            return
        }
        guard request.scheme == .https else {
            clients = server.policy.clients
            text = "\(name): by plain HTTP nobody shows one"
            return
        }
        var rest = asked
        let isTaken = verdict.reason == nil || asked.mode == .unchecked && verdict.lacksOnlyTrust
        guard isTaken else {
            rest.mode = .required
            clients = .certificates(rest)
            text = "\(name): it is not good: \(verdict.reason ?? "")"
            return
        }
        let matches = asked.commonName.map { verdict.reason == nil && $0.isCommonName(in: verdict.subject) } ?? true
        if matches {
            clients = nil
        } else {
            // It may come, and the locations refuse it.
            rest.mode = .optional
            clients = .certificates(rest)
        }
        let authority = authorities?.origin?.description ?? "the authorities"
        let isGood = verdict.reason.map { "taken unchecked (\($0))" } ?? "good by \(authority)"
        text = "\(name): \(isGood)\(matches ? "" : ", but its name is not one that is let in")"
    }

    /// A configuration as such a client meets it.
    func met(_ configuration: Configuration) -> Configuration {
        var configuration = configuration
        for index in configuration.servers.indices where configuration.servers[index].host == host {
            configuration.servers[index].policy.clients = clients
        }
        return configuration
    }
}

extension RegularExpression {
    /// Whether the whole common name of a subject matches, as nginx is asked it.
    fileprivate func isCommonName(in subject: String) -> Bool {
        let whole = "^(?:|.*(?<!\\x5C),)CN=(?:\(pattern))(?:,|\\z)"
        return (try? RegularExpression(whole))?.firstMatch(in: Array(subject.utf8)) != nil
    }
}
