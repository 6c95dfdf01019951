import Commands
import TestSupport
import Testing

/// Options as manifests for ingress-nginx have them.
struct ForeignOptionTests {
    @Test func `those that are not taken are refused together, each with the reason`() async throws {
        try await CommandLine.use { commandLine in
            let outcome = try await commandLine.run([
                "run", "--supervise", "--state-dir", "state", "--validating-webhook=:8443", "--profiling",
                "--enable-ssl-chain-completion",
            ])
            #expect(outcome.status == 2)
            let lines = outcome.errors.split(separator: "\n").map(String.init)
            #expect(lines.count == 3, "\(outcome.errors)")
            let reason = "there is no admission webhook; `postern check` tells the same in a pipeline"
            let refusal = "--validating-webhook is an option of ingress-nginx that Postern does not take: \(reason)"
            #expect(lines.first == "Error: \(refusal)")
            #expect(outcome.errors.contains("--enable-ssl-chain-completion is an option of ingress-nginx"))
        }
    }

    @Test(arguments: [
        ("--update-status=false", ["--no-update-status"]), ("--update-status=true", ["--update-status"]),
        ("--watch-ingress-without-class=F", ["--no-watch-ingress-without-class"]),
        ("--enable-annotation-validation=true", ["--enable-annotation-validation"]),
        ("--enable-annotation-validation=false", ["--no-enable-annotation-validation"]),
        ("--disable-catch-all=true", ["--disable-catch-all"]), ("--disable-catch-all=0", []),
        ("--disable-catch-all=maybe", ["--disable-catch-all=maybe"]), ("--update-status", ["--update-status"]),
        ("--ingress-class=true", ["--ingress-class=true"]), ("--update-status=", ["--update-status="]),
        ("-", ["-"]), ("--", ["--"]), ("web.yaml", ["web.yaml"]),
    ])
    func `a flag may have a value`(_ argument: String, _ arguments: [String]) throws {
        #expect(try CommandArguments(["run", argument]).arguments == ["run"] + arguments)
    }

    @Test func `what follows the end of options is none`() throws {
        let arguments = ["check", "--", "--profiling", "--update-status=false"]
        #expect(try CommandArguments(arguments).arguments == arguments)
    }

    @Test func `a flag with a value counts like one without`() async throws {
        try await CommandLine.use(["web.yaml": Self.ingress]) { commandLine in
            let taken = try await commandLine.run("check", "--watch-ingress-without-class=true", "web.yaml")
            #expect(taken.status == 0)
            let left = try await commandLine.run("check", "--watch-ingress-without-class=false", "web.yaml")
            #expect(left.text.contains("[no-ingress]"))
            let unchecked = try await commandLine.run(
                "check",
                "--verbose",
                "--enable-annotation-validation=false",
                "web.yaml"
            )
            #expect(unchecked.text.contains("[validation-always-on]"))
        }
    }

    @Test func `no option is both taken and refused`() async throws {
        try await CommandLine.use { commandLine in
            let help = try await commandLine.run("run", "--help").text
            let names = Set(help.matches(of: /--([a-z0-9-]+)/).map { String($0.1) })
            #expect(names.contains("configmap"))
            #expect(ForeignOptions.all.map(\.name).filter(names.contains) == [])
        }
    }

    private static let ingress = """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web, namespace: shop}
        spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}

        """
}
