import Certificates
import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// The certificates in Secrets: each is checked once a host asks for it, and again only when it changes.
struct CertificateStore {
    let settings: TranslationSettings
    private var now: Int64
    private(set) var secrets: [NamespacedName: Secret] = [:]
    private(set) var checks: CertificateChecks
    /// The findings about the Secrets that were asked for.
    private var verdicts: [NamespacedName: Verdict] = [:]
    /// The time in which no certificate of these verdicts expires or becomes valid.
    private var steadyTime = Int64.min...Int64.max
    /// The parameters of key exchange in the Secret that was asked for last.
    var keyExchange: (secret: NamespacedName, verdict: Result<PrivateFile, SecretError>)?
    /// Which certificates cover the hosts that no entry lists, by the Ingress that names them; found anew at each update.
    private var coverages: [NamespacedName: CertificateCoverage] = [:]

    /// How many Secrets were judged.
    var verdictCount: Int { verdicts.count }

    private typealias Verdict = Result<ServableCertificate, SecretError>

    init(_ settings: TranslationSettings, knowing checks: CertificateChecks) {
        self.settings = settings
        self.checks = checks
        now = settings.now
    }

    /// Takes changes of Secrets, and of the time; returns the Secrets of which something else may be told now.
    mutating func apply(_ changes: ObjectChanges<Secret>, now: Int64) -> Set<NamespacedName> {
        self.now = now
        coverages.removeAll()
        var changed: Set<NamespacedName> = []
        for secret in changes.gone {
            secrets[secret.namespacedName] = nil
            changed.insert(secret.namespacedName)
        }
        for secret in changes.come {
            secrets[secret.namespacedName] = secret
            changed.insert(secret.namespacedName)
        }
        for name in changed where secrets[name]?.data.isEmpty ?? true { checks.forget(name) }
        changed.formUnion(reviewWarnings())
        for name in changed { verdicts[name] = nil }
        if let secret = keyExchange?.secret, changed.contains(secret) { keyExchange = nil }
        return changed
    }

    /// The Secrets whose certificates have other defects by now; there are very many, of which few expire at any time.
    private mutating func reviewWarnings() -> [NamespacedName] {
        guard !steadyTime.contains(now) else { return [] }
        steadyTime = Int64.min...Int64.max
        var changed: [NamespacedName] = []
        for case (let name, .success(let found)) in verdicts {
            if found.bundle.warnings(at: now) != found.warnings { changed.append(name) }
            steadyTime = steadyTime.clamped(to: found.bundle.steadyTime(around: now))
        }
        return changed
    }

    /// Chooses a host's certificate: that of the entry which lists the host, else the first of the Ingress that
    /// covers it, else none.
    ///
    /// Hosts that nobody names are listed by an entry without hosts, and any certificate is for them.
    mutating func tls(for host: HostPattern, of claim: IngressRoutes, _ diagnostics: inout [Diagnostic]) -> HostTLS {
        var tls = HostTLS(owner: claim.ingress.namespacedName)
        guard let index = claim.tls.index(for: host) else {
            (tls.secret, tls.certificate) = covering(host, for: claim, &diagnostics)
            return tls
        }
        guard let name = claim.tls.secret(ofEntry: index) else { return tls }
        tls.secret = name
        let field = "spec.tls[\(index)].secretName"
        switch verdict(on: name) {
        case .success(let found) where host == .any || found.bundle.covers(host.text):
            tls.certificate = found.certificate
            diagnostics += claim.warnings(found.warnings, on: name, at: field)
        case .success:
            diagnostics.append(claim.finding(.hostNotCovered, with: name, for: host, at: field))
        case .failure(let error):
            diagnostics.append(claim.finding(error, with: name, for: host, at: field))
        }
        return tls
    }

    /// Whether the certificate of a Secret is for a host.
    mutating func covers(_ host: HostPattern, by secret: NamespacedName) -> Bool {
        guard case .success(let found) = verdict(on: secret) else { return false }
        return found.bundle.covers(host.text)
    }

    /// The certificate of hosts without one: that of the option, where it is sound.
    mutating func fallback(_ diagnostics: inout [Diagnostic]) -> PrivateFile {
        guard let name = settings.defaultCertificateSecret else { return settings.fallbackCertificate }
        switch verdict(on: name) {
        case .success(let found):
            diagnostics += found.warnings.map { .defaultCertificate(name, $0) }
            return found.certificate
        case .failure(let error):
            diagnostics.append(.defaultCertificate(name, error))
            return settings.fallbackCertificate
        }
    }

    /// Findings on responders that the certificates name which were asked for, and that nginx does not ask.
    var unaskedResponders: [Diagnostic] {
        verdicts.compactMap { name, verdict in
            guard case .success(let found) = verdict, let secret = secrets[name] else { return nil }
            return found.bundle.unaskedResponder(of: secret)
        }
    }

    /// Why Secrets that were asked for make no certificate, though they are there: the beginning of a sentence for each.
    var refused: [NamespacedName: String] {
        verdicts.reduce(into: [:]) { refused, entry in
            guard case .failure(let error) = entry.value else { return }
            switch error {
            case .keyMissing, .certificate: refused[entry.key] = error.message("\(entry.key)", nil)
            default: return
            }
        }
    }

    /// A Secret that an annotation names.
    func secret(_ name: NamespacedName) throws(SecretError) -> Secret {
        guard let secret = secrets[name] else { throw settings.assumesMissingObjects ? .assumed : .notFound }
        guard !secret.isWithheld else { throw .setAside }
        return secret
    }

    /// The files of a Secret for TLS with backends.
    mutating func backendFiles(in name: NamespacedName) -> Result<BackendFiles, SecretError> {
        let secret: Secret
        do throws(SecretError) { secret = try self.secret(name) } catch { return .failure(error) }
        func holds(_ key: String) -> Bool { !(secret.data[key]?.bytes.isEmpty ?? true) }
        var files = BackendFiles()
        if holds("tls.crt") || holds("tls.key") {
            switch verdict(on: name) {
            case .success(let found):
                files.certificate = found.certificate.shownToBackends(of: name)
                files.warnings = found.warnings
            case .failure(let error): return .failure(error)
            }
        }
        if holds("ca.crt") {
            guard let text = secret.data["ca.crt"], let authorities = CertificateAuthorities(text),
                let file = PrivateFile.Name(ofSecret: name, in: "ca")
            else { return .failure(.authoritiesUnreadable) }
            files.authority = PrivateFile(
                .certificateAuthority,
                file: file,
                origin: ObjectReference(kind: Secret.kind, name),
                content: authorities.content,
                summary: authorities.summary
            )
        }
        guard files.certificate != nil || files.authority != nil else { return .failure(.keyMissing("ca.crt")) }
        return .success(files)
    }

    private mutating func covering(
        _ host: HostPattern,
        for claim: IngressRoutes,
        _ diagnostics: inout [Diagnostic]
    ) -> (NamespacedName?, PrivateFile?) {
        let coverage = coverage(of: claim)
        guard let name = coverage.first(covering: host), case .success(let found) = verdict(on: name) else {
            diagnostics += claim.noCertificateCovers(host, error: coverage.firstError)
            return (nil, nil)
        }
        diagnostics += claim.warnings(found.warnings, on: name, at: claim.tls.field(naming: name))
        return (name, found.certificate)
    }

    private mutating func coverage(of claim: IngressRoutes) -> CertificateCoverage {
        let ingress = claim.ingress.namespacedName
        if let known = coverages[ingress] { return known }
        var coverage = CertificateCoverage()
        for name in claim.tls.secrets {
            switch verdict(on: name) {
            case .success(let found): coverage.add(name, for: found.bundle.hosts)
            case .failure(let error): coverage.add(error, of: name)
            }
        }
        coverages[ingress] = coverage
        return coverage
    }

    private mutating func verdict(on name: NamespacedName) -> Verdict {
        if let known = verdicts[name] { return known }
        let verdict = check(name)
        // What is not there is found missing at once, and its name would be kept when nobody names it any more.
        guard secrets[name] != nil else { return verdict }
        verdicts[name] = verdict
        if case .success(let found) = verdict {
            steadyTime = steadyTime.clamped(to: found.bundle.steadyTime(around: now))
        }
        return verdict
    }

    private mutating func check(_ name: NamespacedName) -> Verdict {
        let secret: Secret
        do throws(SecretError) { secret = try self.secret(name) } catch { return .failure(error) }
        guard let chain = secret.data["tls.crt"], !chain.bytes.isEmpty else { return .failure(.keyMissing("tls.crt")) }
        guard let key = secret.data["tls.key"], !key.bytes.isEmpty else { return .failure(.keyMissing("tls.key")) }
        let check = checks.check(name, chain: chain, key: key, at: settings.tlsSecurityLevel)
        return check.mapError(SecretError.certificate).flatMap { bundle in
            let warnings = bundle.warnings(at: now)
            return ServableCertificate(bundle, warnings, of: name).map { .success($0) } ?? .failure(.notFound)
        }
    }
}

/// The files with which TLS is spoken with backends.
struct BackendFiles: Sendable, Hashable {
    var certificate: PrivateFile?
    var authority: PrivateFile?
    /// The defects that the certificate has now.
    var warnings: [CertificateWarning] = []

    var all: [PrivateFile] { [certificate, authority].compactMap(\.self) }
}

/// A certificate that may be served, with what is known of it.
private struct ServableCertificate: Sendable {
    let bundle: CertificateBundle
    /// The defects that it has now.
    let warnings: [CertificateWarning]
    let certificate: PrivateFile

    /// Returns `nil` for a name that Kubernetes does not allow: it becomes the name of a file.
    init?(_ bundle: CertificateBundle, _ warnings: [CertificateWarning], of name: NamespacedName) {
        guard let origin = ObjectReference(kind: Secret.kind, namespace: name.namespace, name: name.name),
            let file = PrivateFile.Name(ofSecret: name)
        else { return nil }
        self.bundle = bundle
        self.warnings = warnings
        var certificate = PrivateFile(
            .certificate,
            file: file,
            origin: origin,
            content: bundle.content,
            summary: bundle.summary,
            expiry: bundle.notAfter
        )
        certificate.namesResponder = bundle.namesResponder
        self.certificate = certificate
    }
}

extension PrivateFile {
    /// The same for TLS with backends, in a file of its own: only what servers show may change without a reload.
    fileprivate func shownToBackends(of secret: NamespacedName) -> PrivateFile? {
        guard let name = Name(ofSecret: secret, in: "client") else { return nil }
        var file = self
        (file.kind, file.file) = (.clientCertificate, name)
        return file
    }
}
