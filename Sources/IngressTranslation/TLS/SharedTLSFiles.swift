import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// The files by which TLS is spoken with the clients of all hosts.
struct SharedTLSFiles: Sendable, Hashable {
    /// Serves hosts without a certificate of their own.
    var fallback: PrivateFile
    var sessionTicketKey: PrivateFile?
    var keyExchangeParameters: PrivateFile?

    var all: [PrivateFile] { [fallback, sessionTicketKey, keyExchangeParameters].compactMap(\.self) }

    /// The settings with the files that they name.
    func naming(in settings: HTTPSettings) -> HTTPSettings {
        guard sessionTicketKey != nil || keyExchangeParameters != nil else { return settings }
        var settings = settings
        settings.tls.sessionTicketKey = sessionTicketKey?.file
        settings.tls.keyExchangeParameters = keyExchangeParameters?.file
        return settings
    }
}

extension CertificateStore {
    /// The files for all hosts; what cannot be used is left out, and said.
    ///
    /// - Parameter global: The ConfigMap that `values` are of.
    mutating func sharedFiles(
        _ values: TLSValues,
        of global: ConfigMap?,
        _ diagnostics: inout [Diagnostic]
    ) -> SharedTLSFiles {
        var files = SharedTLSFiles(fallback: fallback(&diagnostics))
        guard let global else { return files }
        if let key = values.ticketKey {
            if values.usesTickets {
                files.sessionTicketKey = PrivateFile(
                    .sessionTicketKey,
                    file: FilePath(known: "tickets/session.key"),
                    origin: global.reference,
                    content: key,
                    summary: ["key of session tickets, \(key.bytes.count) bytes"]
                )
            } else {
                diagnostics.append(global.ticketKeyUnused)
            }
        }
        if let name = values.keyExchangeSecret {
            switch keyExchangeParameters(in: name) {
            case .success(let file): files.keyExchangeParameters = file
            case .failure(let error): diagnostics.append(global.finding(error, withParameters: name))
            }
        }
        return files
    }
}

extension ConfigMap {
    fileprivate var ticketKeyUnused: Diagnostic {
        finding(
            .note,
            "session-tickets-off",
            "'ssl-session-ticket-key' has no effect: 'ssl-session-tickets' is not true",
            at: "data[ssl-session-ticket-key]"
        )
    }

    fileprivate func finding(_ error: SecretError, withParameters name: NamespacedName) -> Diagnostic {
        finding(
            error.severity,
            error.code,
            "\(error.message("\(name)", nil)); keys are exchanged on curves alone",
            at: "data[ssl-dh-param]"
        )
    }
}
