import Diagnostics
import KubernetesModel
import Manifests
import Testing

/// Folders that hold more than manifests.
struct RepositoryTests {
    private func result(_ files: KeyValuePairs<String, String>, isStrict: Bool = false) -> RepositoryReader.Result {
        RepositoryReader(isStrict: isStrict).read(
            files.map { ManifestFile(name: $0.key, bytes: Array($0.value.utf8), foundIn: "repo") }
        )
    }

    private func reported(_ result: RepositoryReader.Result) -> [String] {
        result.diagnostics.map { "\($0.severity) \($0.code)" }
    }

    @Test func `what is no manifest is one note for the folder`() {
        let result = result([
            "repo/package.json": #"{"name": "x", "scripts": {}}"#,
            "repo/compose.yaml": "services: {web: {image: x}}\n",
            "repo/.github/ci.yml": "on: push\njobs: {}\n",
            "repo/values.yaml": "ingress:\n  enabled: true\n",
            "repo/list.yaml": "- a\n- b\n",
            "repo/web.yaml": ingress("defaultBackend: {service: {name: web, port: {number: 80}}}"),
        ])
        #expect(reported(result) == ["note not-a-manifest"])
        #expect(
            result.diagnostics.first?.message
                == "5 files in 'repo' ('repo/package.json', 'repo/compose.yaml', 'repo/.github/ci.yml', …) "
                + "hold no Kubernetes object and are passed over"
        )
        #expect(result.snapshot.ingresses.count == 1)
        #expect(result.passedOver.count == 5)
    }

    @Test func `the templates of a chart are told once, with how to render them`() {
        let result = result([
            "repo/chart/Chart.yaml": "apiVersion: v2\nname: x\nversion: 1.0.0\n",
            "repo/chart/values.yaml": "a: 1\n",
            "repo/chart/templates/ingress.yaml": "{{- if .Values.x }}\nkind: Ingress\n{{- end }}\n",
            "repo/chart/templates/tests/plain.yaml": ingress("rules: []"),
            "repo/chart/crds/other.yaml": "apiVersion: x.example/v1\nkind: Other\nmetadata: {name: a}\n",
        ])
        #expect(reported(result) == ["note not-a-manifest", "note template-not-read"])
        #expect(result.diagnostics.last?.hint == "render them first: helm template CHART | postern check -")
        #expect(result.snapshot.ingresses.isEmpty)
    }

    @Test(arguments: [
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\nspec: {ports: [{port: 80}]}\n",
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: \"{{ name }}\"\nspec: {ports: [{port: 80}]}\n",
        "{{- if .Values.enabled }}\napiVersion: v1\n{{- end }}\n",
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec:\n  rules: [{host: \"{{ h }}\"}]\n",
    ])
    func `a template is known by what it leaves to be filled in, wherever it stands`(_ text: String) {
        #expect(reported(result(["repo/x.yaml": text])) == ["note template-not-read"])
        // Who names the file is told what is wrong with it.
        let named = RepositoryReader().read([ManifestFile(name: "x.yaml", text: text)])
        #expect(named.diagnostics.contains { $0.severity == .error })
    }

    @Test func `braces in the data of an object make it no template`() {
        let rules =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  alert: '{{ $labels.instance }} is down'\n"
        let result = result(["repo/x.yaml": rules])
        #expect(reported(result) == [])
        #expect(result.snapshot.configMaps.count == 1)
    }

    @Test func `what a kustomization reads to change others is no manifest`() {
        let kustomization = """
            resources: [web.yaml]
            patches: [{path: patch-ingress.yaml}]
            patchesStrategicMerge: [../base/merge.yaml]
            configMapGenerator: [{name: x, files: [key=config.yaml]}]
            """
        let part = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\n"
        let result = result([
            "repo/prod/kustomization.yaml": kustomization,
            "repo/prod/web.yaml": ingress("defaultBackend: {service: {name: web, port: {number: 80}}}"),
            "repo/prod/patch-ingress.yaml": part,
            "repo/prod/config.yaml": part,
            "repo/base/merge.yaml": part,
        ])
        #expect(reported(result) == ["note not-a-manifest", "note kustomize-part"])
        #expect(result.snapshot.ingresses.count == 1)
    }

    @Test func `what SOPS has encrypted is missing, and not wrong`() {
        let secret = """
            apiVersion: v1
            kind: Secret
            metadata: {name: tls}
            data: {tls.crt: "ENC[AES256_GCM,data:x]", tls.key: "ENC[AES256_GCM,data:y]"}
            sops: {mac: "ENC[x]", version: 3.8.1}
            """
        let found = result(["repo/secret.yaml": secret])
        #expect(reported(found) == ["note encrypted"])
        #expect(found.snapshot.secrets.isEmpty)
        #expect(reported(result(["repo/secret.yaml": secret], isStrict: true)) == ["note encrypted"])
    }

    @Test func `what stands in several files is one note, and twice in one file a warning`() {
        let web = ingress("defaultBackend: {service: {name: web, port: {number: 80}}}")
        let result = result(["repo/dev/web.yaml": web, "repo/prod/web.yaml": web])
        #expect(reported(result) == ["note objects-in-several-files"])
        #expect(
            result.diagnostics.first?.message
                == "1 object stands in more than one file (Ingress default/web); the last one counts"
        )
        #expect(reported(self.result(["repo/web.yaml": web + "---\n" + web])) == ["warning duplicate-object"])
        #expect(
            reported(self.result(["repo/a.yaml": web, "repo/b.yaml": web], isStrict: true)) == [
                "warning duplicate-object"
            ]
        )
    }

    @Test func `what is wrong with objects that no Ingress names is one note`() {
        let web = ingress("tls: [{secretName: tls}]\ndefaultBackend: {service: {name: web, port: {number: 80}}}")
        let service = "apiVersion: v1\nkind: Service\nmetadata: {name: NAME}\nspec: {ports: [{port: x}]}\n"
        let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\ndata: {a: <password>}\n"
        let others = "apiVersion: v1\nkind: ConfigMap\n---\napiVersion: apps/v1\nkind: Deployment\nspec: {a: 1, a: 2}\n"
        let result = result([
            "repo/others.yaml": others, "repo/web.yaml": web,
            "repo/a.yaml": service.replacing("NAME", with: "web") + "---\n" + secret.replacing("NAME", with: "tls"),
            "repo/b.yaml": service.replacing("NAME", with: "db") + "---\n" + secret.replacing("NAME", with: "db"),
        ])
        #expect(reported(result) == ["note aside", "error wrong-type", "error invalid-base64"])
        #expect(
            result.diagnostics.first?.message.hasPrefix("4 findings are about objects that no Ingress relies on")
                == true
        )
    }

    @Test(arguments: [
        ("repo/tsconfig.json", "{\n  // a comment\n  \"a\": 1,\n}"), ("repo/broken.yaml", "a: [\n"),
    ])
    func `what was never a manifest need not be readable`(_ name: String, _ text: String) {
        #expect(reported(result([name: text])) == ["note not-a-manifest"])
    }

    @Test func `overlays of ytt are templates`() {
        let text =
            "#@ load(\"@ytt:overlay\", \"overlay\")\n"
            + ingress("defaultBackend: {service: {name: a, port: {number: 80}}}")
            + "#@overlay/match by=overlay.all\n---\nmetadata: {namespace: x}\n"
        let result = result(["repo/x.yaml": text])
        #expect(reported(result) == ["note template-not-read"])
        #expect(result.snapshot.ingresses.count == 1)
    }

    @Test(arguments: [
        // An object that only lacks what it is.
        ("metadata: {name: a}\nspec: {rules: []}\n", "warning not-a-kubernetes-object"),
        ("kind: Ingress\nmetadata: {name: a}\n", "error missing-field"),
        ("apiVersion: v1\na: [\n", "error yaml-syntax"),
    ])
    func `what was meant to be a manifest is told`(_ text: String, _ finding: String) {
        #expect(reported(result(["repo/x.yaml": text])) == [finding])
    }

    @Test func `a stranger among manifests is told`() {
        let text = ingress("defaultBackend: {service: {name: web, port: {number: 80}}}") + "---\na: 1\n"
        #expect(reported(result(["repo/x.yaml": text])) == ["warning not-a-kubernetes-object"])
    }

    @Test func `a folder that a controller watches has manifests only`() {
        #expect(reported(result(["repo/x.yaml": "a: 1\n"], isStrict: true)) == ["warning not-a-kubernetes-object"])
    }

    @Test func `an input is empty where nothing stands in it`() {
        #expect(result(["repo/a.yaml": "", "repo/b.yaml": "---\n# nothing\n"]).isEmpty)
        #expect(!result(["repo/a.yaml": "a: 1\n"]).isEmpty)
        #expect(!result(["repo/a.yaml": "a: [\n"]).isEmpty)
    }
}
