import Foundation
import TestSupport
import Testing

/// The kinds of input, and the findings about one that holds little.
struct InputTests {
    @Test(arguments: ["", "\n", "---\n", "# nothing\n---\n...\n"])
    func `an empty standard input is no success`(_ text: String) async throws {
        try await CommandLine.use { shell in
            for command in ["check", "render"] {
                let outcome = try await shell.run(command, "-", input: text)
                #expect(outcome.status == 2)
                #expect(outcome.text.isEmpty)
                #expect(outcome.errors == "Error: standard input is empty: there is nothing to look at\n")
            }
            let status = try await shell.run("diff", "-", "/dev/null", input: text).status
            #expect(status == 2)
        }
    }

    @Test func `an empty file is no success`() async throws {
        try await CommandLine.use(["a.yaml": "", "d/a.yaml": "\n"]) { shell in
            for path in ["a.yaml", "d"] {
                let outcome = try await shell.run("check", path)
                #expect(outcome.status == 2)
                #expect(outcome.errors.contains("\(path) is empty"))
            }
        }
    }

    @Test func `an input without an Ingress is a finding`() async throws {
        let list = "apiVersion: v1\nkind: List\nitems: []\n"
        try await CommandLine.use(["d/class.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"]) {
            shell in
            for outcome in [try await shell.run("check", "d"), try await shell.run("check", "-", input: list)] {
                #expect(outcome.status == 1)
                #expect(
                    outcome.text == "warning: there is no Ingress in the input; nothing is served [no-ingress]\n"
                )
                #expect(outcome.errors == "1 file, 0 Ingresses, 0 hosts: 1 warning\n")
            }
        }
    }

    @Test func `an input with Ingresses of others only is a finding`() async throws {
        let text = ingress().replacing("nginx", with: "traefik")
        try await CommandLine.use(["web.yaml": text]) { shell in
            let outcome = try await shell.run("check", "web.yaml")
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("the one Ingress in the input is left out; nothing is served [no-ingress]"))
            #expect(outcome.errors == "1 file, 1 Ingress (1 left out), 0 hosts: 1 warning, 1 note\n")
        }
    }

    @Test func `each command says what was looked at`() async throws {
        try await CommandLine.use(["d/a.yaml": ingress("a", host: "a.example"), "d/package.json": "{}"]) { shell in
            let survey = "2 files (1 passed over), 1 Ingress, 1 host"
            let check = try await shell.run("check", "--format", "json", "d")
            #expect(check.errors == "\(survey): 2 notes\n")
            let render = try await shell.run("render", "--quiet", "d")
            #expect(render.errors == "\(survey): 2 notes\n")
            let diff = try await shell.run("diff", "--quiet", "/dev/null", "d")
            #expect(diff.errors == "1 file, 0 Ingresses, 0 hosts, then \(survey): 2 notes\n")
        }
    }

    @Test func `what cannot be read in a folder is a finding, and the rest is read`() async throws {
        try await CommandLine.use(["d/web.yaml": ingress()]) { shell in
            let name = Array("d/caf\u{E9}.yaml".unicodeScalars.map { UInt8($0.value) }) + [0]
            let folder = shell.path("")
            let path = Array(folder.utf8.map { UInt8($0) }) + [UInt8(ascii: "/")] + name
            let descriptor = path.withUnsafeBytes { open($0.bindMemory(to: CChar.self).baseAddress!, O_CREAT, 0o644) }
            #expect(descriptor >= 0)
            close(descriptor)
            #expect(mkfifo(shell.path("d/pipe.yaml"), 0o644) == 0)
            let outcome = try await shell.run("check", "d")
            #expect(outcome.status == 1)
            #expect(
                outcome.text.contains(
                    "error: d/caf\u{FFFD}.yaml: the name is not UTF-8; nothing of it counts [file-unreadable]\n"
                )
            )
            #expect(outcome.text.contains("error: d/pipe.yaml: it is no regular file; nothing of it counts"))
            #expect(outcome.errors == "1 file, 1 Ingress, 1 host: 2 errors, 1 note\n")
        }
    }

    @Test func `a whole repository is looked at for its manifests`() async throws {
        let files = [
            "r/deploy/web.yaml": ingress(), "r/package.json": "{\"name\": \"x\"}", "r/compose.yaml": "services: {}\n",
            "r/chart/Chart.yaml": "apiVersion: v2\nname: x\n", "r/chart/values.yaml": "a: 1\n",
            "r/chart/templates/ingress.yaml": "{{- if .Values.x }}\n{{- end }}\n",
        ]
        try await CommandLine.use(files) { shell in
            let outcome = try await shell.run("check", "r")
            #expect(outcome.status == 0, "\(outcome.text)")
            #expect(outcome.errors == "6 files (5 passed over), 1 Ingress, 1 host: 3 notes\n")
            #expect(outcome.text.contains("hint: render them first: helm template CHART | postern check -"))
        }
    }

    /// Pairs of commands: `check --as folder` says what `run --source` does with a folder, and a cluster is `--as
    /// cluster`.
    @Test(arguments: [
        ("repository", "nginx", true), ("folder", "nginx", true), ("cluster", "nginx", false),
        ("repository", "inner", true), ("folder", "inner", false), ("cluster", "inner", false),
    ])
    func `the same class is taken for ours as by who serves it`(_ meaning: String, _ name: String, _ isTaken: Bool)
        async throws
    {
        try await CommandLine.use(["web.yaml": ingress().replacing("nginx", with: name)]) { shell in
            let outcome = try await shell.run("render", "--as", meaning, "web.yaml")
            #expect(outcome.text.contains("server_name shop.example;") == isTaken)
            #expect(outcome.errors.contains("class-not-found") == !isTaken)
            let named = try await shell.run("render", "--as", meaning, "--ingress-class", name, "web.yaml")
            #expect(named.text.contains("server_name shop.example;") == (meaning != "cluster"))
        }
    }

    @Test func `the two ways to say what the input is do not contradict each other`() async throws {
        try await CommandLine.use(["web.yaml": ingress()]) { shell in
            let status = try await shell.run("check", "--observed", "--as", "folder", "web.yaml").status
            #expect(status == 2)
            let same = try await shell.run("check", "--observed", "web.yaml").text
            let other = try await shell.run("check", "--as", "cluster", "web.yaml").text
            #expect(same == other)
        }
    }

    @Test func `what the help says to pipe in is served`() async throws {
        let help = try await Tool(built: "postern").run(["help", "render"]).text
        #expect(help.contains("kubectl get ingress,ingressclass,service,endpointslice,secret,configmap -A"))
    }
}
