import TestSupport
import Testing

/// Options of `postern run` that cannot be honoured together are refused before anything starts.
struct RunOptionTests {
    @Test(arguments: [
        (
            ["--source", "m", "--kubeconfig", "k"], "--source and the options for a cluster exclude each other"
        ),
        (
            ["--watch-namespace", "a", "--watch-namespace-selector", "b=c"],
            "--watch-namespace and --watch-namespace-selector exclude each other"
        ),
        (
            ["--watch-namespace", "shop", "--default-ssl-certificate", "infra/tls"],
            "--default-ssl-certificate names 'infra/tls', and --watch-namespace reads the namespace 'shop' alone"
        ),
        (
            ["--watch-namespace", "shop", "--default-backend-service", "infra/web"],
            "--default-backend-service names 'infra/web', and --watch-namespace reads the namespace 'shop' alone"
        ),
        (
            ["--sync-period", "10m"],
            "--sync-period must be at most 1m: it is the least time from one reload to the next, and not what it is in "
                + "ingress-nginx"
        ),
        (["--election-ttl", "1s"], "--election-ttl must be at least 5s"),
        (["--configmap", "settings"], "The value 'settings' is invalid for '--configmap <namespace/name>'"),
        (
            ["--annotations-prefix", "a.example/"],
            "The value 'a.example/' is invalid for '--annotations-prefix <prefix>'"
        ),
        (
            ["--annotations-prefix", "A.example"],
            "The value 'A.example' is invalid for '--annotations-prefix <prefix>'"
        ),
        (
            ["--publish-service", "a/b", "--publish-status-address", "192.0.2.1"],
            "--publish-service and --publish-status-address exclude each other"
        ),
    ])
    func `options that exclude each other are refused`(_ options: [String], _ problem: String) async throws {
        try await CommandLine.use { commandLine in
            let outcome = try await commandLine.run(["run", "--supervise", "--state-dir", "state"] + options)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("Error: \(problem)"), "\(outcome.errors)")
        }
    }
}
