import Certificates
import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension IngressReading {
    /// Finds out how TLS is spoken with the backends of an Ingress.
    mutating func backendSecurity(of owner: AdmittedIngress, _ certificates: inout CertificateStore) -> BackendSecurity
    {
        let values = owner.values.upstreamTLS
        guard values != UpstreamTLSValues() else { return .plain }
        guard owner.values.gateway.spoken.usesTLS else {
            if let name = UpstreamTLS.names.first(where: { owner.annotation($0) != nil }) {
                diagnostics.append(owner.tlsNotSpoken(name))
            }
            return .plain
        }
        var files = BackendFiles()
        switch values.secret {
        case .invalid: return .closed
        case .unset: break
        case .set(let text):
            guard let name = owner.ingress.objectName(text, within: owner.values.gates.reach) else {
                diagnostics.append(owner.secretUnnamed(text))
                return .closed
            }
            secrets.insert(name)
            switch certificates.backendFiles(in: name) {
            case .success(let found):
                files = found
                let field = owner.annotationField("proxy-ssl-secret")
                diagnostics += found.warnings.map {
                    owner.ingress.finding(.warning, $0.code, "Secret '\(name)': \($0.message)", at: field)
                }
            case .failure(let error):
                let isClosed = error != .assumed || values.verifies
                diagnostics.append(owner.finding(error, withBackendSecret: name, isClosed: isClosed))
                if isClosed { return .closed }
            }
        }
        guard !values.verifies || files.authority != nil else {
            diagnostics.append(owner.authorityMissing)
            return .closed
        }
        return .own(values.tls(files), files)
    }
}

extension UpstreamTLSValues {
    fileprivate func tls(_ files: BackendFiles) -> BackendTLS {
        var tls = BackendTLS()
        tls.certificate = files.certificate?.file
        tls.authority = files.authority?.file
        tls.verifies = verifies
        tls.depth = verifies ? depth : nil
        tls.name = name
        tls.sendsName = sendsName ?? false
        tls.protocols = protocols ?? []
        tls.ciphers = ciphers
        return tls
    }
}

extension AdmittedIngress {
    fileprivate func tlsNotSpoken(_ name: String) -> Diagnostic {
        ingress.finding(
            .warning,
            "backend-tls-not-spoken",
            "'\(name)' has no effect: 'backend-protocol' is \(values.gateway.spoken.name), which is spoken without TLS",
            at: annotationField(name)
        )
    }

    fileprivate func secretUnnamed(_ text: String) -> Diagnostic {
        ingress.finding(
            .error,
            "backend-secret-unnamed",
            "'proxy-ssl-secret' names no Secret of the Ingress's namespace by '\(text.excerpt)'; requests answer 503",
            at: annotationField("proxy-ssl-secret")
        )
    }

    fileprivate func finding(
        _ error: SecretError,
        withBackendSecret name: NamespacedName,
        isClosed: Bool
    ) -> Diagnostic {
        ingress.finding(
            error.severity,
            error.code,
            error.message("\(name)", nil)
                + (isClosed ? "; requests answer 503" : "; backends are shown no certificate"),
            at: annotationField("proxy-ssl-secret")
        )
    }

    fileprivate var authorityMissing: Diagnostic {
        ingress.finding(
            .error,
            "backend-authority-missing",
            "'proxy-ssl-verify' has certificates of backends checked, and no Secret of 'proxy-ssl-secret' has a ca.crt to "
                + "check them by; requests answer 503",
            at: annotationField("proxy-ssl-verify")
        )
    }
}
