import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// Ports of TCP of an nginx that somebody else starts.
@Suite(.timeLimit(.minutes(10)))
struct ExternalNginxPortTests {
    private static let options = ["--tcp-services-configmap", "ingress/tcp"]

    private static func use(body: (ControllerSite, UInt16) async throws -> Void) async throws {
        let port = try ClaimedPort.next()
        try await ControllerSite.use { site in
            var site = site
            site.ownership = .external(processIDFile: "\(site.folder)/external.pid")
            try site.write(Manifest.ingress("a") + Manifest.service("a"), to: "a.yaml")
            try site.write(StreamManifest.text(to: port, port), to: "tcp.yaml")
            try await body(site, port)
        }
    }

    @Test func `one that cannot start because of a port finds a configuration without it`() async throws {
        try await Self.use { site, port in
            let holder = try PortHolder(port)
            _ = try await site.run(Self.options) { postern in
                try await postern.awaitLog("is ready; no nginx runs")
                #expect(site.stateText("current/nginx.conf").contains("listen \(port);"))
                try await site.runExternalNginx { _ in
                    try await postern.awaitLog("[stream-port-in-use]")
                    try await eventually("the port is left out") {
                        !site.stateText("current/nginx.conf").contains("listen \(port);")
                    }
                }
                // As a kubelet does with a container that has ended.
                try await site.runExternalNginx { _ in
                    try await site.awaitAnswer("302 /v1", of: "a.example")
                    // What changes goes live beside the port.
                    try site.write(Manifest.ingress("a", to: "/v2") + Manifest.service("a"), to: "a.yaml")
                    try await site.awaitAnswer("302 /v2", of: "a.example")
                }
            }
            holder.release()
        }
    }

    @Test func `one whose reload cannot have a port serves all else`() async throws {
        try await Self.use { site, port in
            try site.remove("tcp.yaml")
            let holder = try PortHolder(port)
            _ = try await site.run(Self.options) { postern in
                try await postern.awaitLog("is ready; no nginx runs")
                try await site.runExternalNginx { master in
                    try await site.awaitAnswer("302 /v1", of: "a.example")
                    try site.write(StreamManifest.text(to: port, port), to: "tcp.yaml")
                    try await postern.awaitLog("[stream-port-in-use]")
                    try site.write(Manifest.ingress("a", to: "/v2") + Manifest.service("a"), to: "a.yaml")
                    try await site.awaitAnswer("302 /v2", of: "a.example")
                    #expect(site.processIdentifier(in: "\(site.folder)/external.pid") == master)
                }
            }
            holder.release()
        }
    }
}
