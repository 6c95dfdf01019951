import ControllerTestSupport
import TestSupport
import Testing

/// The global ConfigMap in a folder that is watched.
@Suite(.timeLimit(.minutes(10)))
struct GlobalConfigMapTests {
    private static func settings(_ code: String) -> String {
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: ingress}\ndata:\n"
            + "  force-ssl-redirect: \"true\"\n  http-redirect-code: \(code)\n"
    }

    @Test func `counts as it changes, keeps its last good form, and is missed when it goes`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a", path: ("/x", "Prefix")), to: "a.yaml")
            try site.write(Self.settings("\"302\""), to: "settings.yaml")
            _ = try await site.run(["--configmap", "ingress/settings"]) { postern in
                func status(_ status: String) async throws {
                    try await eventually(status) {
                        (try? await site.ask("a.example", "/x"))?.hasPrefix(status) == true
                    }
                }
                try await status("302")
                try site.write(Self.settings("\"307\""), to: "settings.yaml")
                try await status("307")
                try site.write("apiVersion: v1\nkind: [", to: "settings.yaml")
                try await postern.awaitLog("[file-kept]")
                try site.write(Manifest.ingress("b"), to: "b.yaml")
                try await site.awaitAnswer("302 /v1", of: "b.example")
                try await status("307")
                try site.remove("settings.yaml")
                try await postern.awaitLog("[global-configmap-not-found]")
                try await status("503")
            }
        }
    }
}
