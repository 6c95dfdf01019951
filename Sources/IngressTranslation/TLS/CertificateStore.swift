import Certificates
import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// The certificates in Secrets: each is checked once, and kept once a host uses it.
struct CertificateStore {
    private let settings: TranslationSettings
    private let secrets: [NamespacedName: Secret]
    private var checked: [NamespacedName: Result<CertificateBundle, SecretProblem>] = [:]
    private var usedByFile: [TLSCertificate.FileName: TLSCertificate] = [:]
    /// What the translation before has checked.
    private let earlier: CertificateCache
    /// What this one has checked.
    private(set) var cache = CertificateCache()

    init(_ secrets: [Secret], _ settings: TranslationSettings, knowing earlier: CertificateCache) {
        self.settings = settings
        self.earlier = earlier
        self.secrets = Dictionary(
            secrets.map { ($0.namespacedName, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The certificates that hosts use, by file name.
    var used: [TLSCertificate] {
        usedByFile.values.sorted { $0.file.description < $1.file.description }
    }

    /// Chooses a host's certificate: that of the entry which lists the host, else the first of the Ingress that
    /// covers it, else none.
    mutating func tls(for host: HostPattern, of ingress: Ingress, _ diagnostics: inout [Diagnostic]) -> HostTLS {
        var tls = HostTLS(owner: ingress.namespacedName)
        if let index = ingress.tlsIndex(naming: host) {
            guard let name = ingress.tls[index].secretName else { return tls }
            tls.secretName = name
            switch certificate(named: name, for: host, in: ingress.metadata.namespace) {
            case .success(let file): tls.certificate = file
            case .failure(let problem):
                let field = "spec.tls[\(index)].secretName"
                diagnostics.append(ingress.finding(problem, with: name, for: host, at: field))
            }
            return tls
        }
        for name in ingress.tls.compactMap(\.secretName) {
            guard case .success(let file) = certificate(named: name, for: host, in: ingress.metadata.namespace)
            else { continue }
            tls.secretName = name
            tls.certificate = file
            return tls
        }
        diagnostics.append(contentsOf: ingress.noCertificateCovers(host, problems: problems(of: ingress)))
        return tls
    }

    /// The certificate of hosts without one: that of the option, where it is sound.
    mutating func fallback(_ diagnostics: inout [Diagnostic]) -> TLSCertificate.FileName {
        if let name = settings.defaultCertificateSecret {
            switch bundle(of: name) {
            case .success(let bundle):
                if let file = use(bundle, of: name) { return file }
            case .failure(let problem):
                diagnostics.append(.defaultCertificate(name, problem))
            }
        }
        usedByFile[settings.fallbackCertificate.file] = settings.fallbackCertificate
        return settings.fallbackCertificate.file
    }

    private mutating func certificate(
        named name: String,
        for host: HostPattern,
        in namespace: String
    ) -> Result<TLSCertificate.FileName, SecretProblem> {
        let name = NamespacedName(namespace: namespace, name: name)
        return bundle(of: name).flatMap { bundle in
            guard bundle.covers(host.text) else { return .failure(.hostNotCovered) }
            return use(bundle, of: name).map { .success($0) } ?? .failure(.notFound)
        }
    }

    private mutating func bundle(of name: NamespacedName) -> Result<CertificateBundle, SecretProblem> {
        if let known = checked[name] { return known }
        let result = check(name)
        checked[name] = result
        return result
    }

    private mutating func check(_ name: NamespacedName) -> Result<CertificateBundle, SecretProblem> {
        guard let secret = secrets[name] else {
            return .failure(settings.assumesMissingObjects ? .assumed : .notFound)
        }
        guard let chain = secret.data["tls.crt"], !chain.bytes.isEmpty else { return .failure(.keyMissing("tls.crt")) }
        guard let key = secret.data["tls.key"], !key.bytes.isEmpty else { return .failure(.keyMissing("tls.key")) }
        return cache.check(name, chain: chain, key: key, knowing: earlier).mapError(SecretProblem.certificate)
            .flatMap { bundle in
                bundle.problem(at: settings.now).map { .failure(.certificate($0)) } ?? .success(bundle)
            }
    }

    private mutating func use(_ bundle: CertificateBundle, of name: NamespacedName) -> TLSCertificate.FileName? {
        // Both are names that Kubernetes allows, checked again here because they become the name of a file.
        guard let origin = ObjectReference(kind: Secret.kind, namespace: name.namespace, name: name.name),
            let file = TLSCertificate.FileName(ofSecret: name)
        else { return nil }
        usedByFile[file] = TLSCertificate(
            file: file,
            origin: origin,
            content: bundle.content,
            summary: bundle.summary,
            notAfter: bundle.notAfter
        )
        return file
    }

    private mutating func problems(of ingress: Ingress) -> [(String, SecretProblem)] {
        ingress.tls.compactMap(\.secretName).compactMap { name in
            let secret = NamespacedName(namespace: ingress.metadata.namespace, name: name)
            guard case .failure(let problem) = bundle(of: secret) else { return nil }
            return (name, problem)
        }
    }
}
