import Foundation
import TestSupport
import Testing

/// The container images.
struct ImageTests {
    @Test func `Postern is built on the nginx that serves beside it`() throws {
        let deployment = try Self.text("Deploy/workload/deployment.yaml")
        let dockerfile = try Self.text("Dockerfile")
        let serving = deployment.matches(of: /image: (nginx:\S+)/).map(\.1)
        let proving = dockerfile.matches(of: /(?m)^FROM (nginx:\S+)$/).map(\.1)
        #expect(serving.count == 1 && serving == proving)
    }

    /// nginx's own images have the modules for TCP and UDP built in, which Debian's package has apart.
    @Test func `the image is one whose nginx serves TCP and UDP, and passes TLS on`() throws {
        let dockerfile = try Self.text("Dockerfile")
        #expect(dockerfile.contains("\nFROM nginx:") && !dockerfile.contains("--no-install-recommends nginx"))
    }

    @Test func `an nginx that starts anew removes the sockets of one that was killed`() throws {
        for file in ["Deploy/workload/deployment.yaml", "Packaging/systemd/nginx.service.d/postern.conf"] {
            let text = try Self.text(file)
            for socket in ["status.sock", "sockets/*.sock"] {
                #expect(text.contains("/var/lib/postern/\(socket)"), "\(file)")
            }
        }
    }

    @Test func `the image is built of what the package reads`() throws {
        let ignored = try Self.text(".dockerignore").split(separator: "\n").filter { $0.hasPrefix("!") }
        let names = Set(ignored.map { String($0.dropFirst()) })
        // SwiftPM wants every target's folder, those of tests too.
        #expect(names == ["Package.swift", "Sources", "Templates", "Tests"])
        for name in names {
            #expect(FileManager.default.fileExists(atPath: PackageRoot.url.appending(path: name).path))
        }
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: PackageRoot.url.appending(path: path), encoding: .utf8)
    }
}
