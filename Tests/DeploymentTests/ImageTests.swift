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
