import Controller
import Diagnostics
import IngressTranslation
import KubernetesModel
import Manifests
import ProxyConfiguration
import Testing

/// What is looked among for an object that cannot serve.
struct CandidateTests {
    @Test func `passwords are nobody's fault, and are not held back with others`() throws {
        let annotations = "nginx.ingress.kubernetes.io/auth-type: basic, nginx.ingress.kubernetes.io/auth-secret: users"
        let text = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop, namespace: shop, annotations: {\(annotations)}}
            spec:
              tls: [{hosts: [shop.example], secretName: web}]
              rules: [{host: shop.example, http: {paths: [\
            {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: users, namespace: shop}
            stringData: {auth: "ann:{SHA}NWoZK3kTsExUV00Ywo1G5jlUKKs="}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: web, namespace: shop}
            stringData: {tls.crt: x}

            """
        let (snapshot, diagnostics) = ManifestReader().read([ManifestFile(name: "site.yaml", text: text)])
        #expect(diagnostics.isEmpty)
        let settings = try Site.settings()
        let translation = translate(snapshot, with: settings)
        #expect(translation.configuration.privateFiles.contains { $0.kind == .passwordFile })
        let candidate = Candidate(snapshot, settings: settings, translation: translation)
        #expect(candidate.suspects.first?.map(\.description) == ["Ingress shop/shop", "Secret shop/web"])
        #expect(candidate.changesByNamespace.first?.map(\.description) == ["Ingress shop/shop", "Secret shop/web"])
    }
}
