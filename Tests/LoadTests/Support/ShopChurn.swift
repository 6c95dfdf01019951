import ControllerTestSupport
import Foundation
import TestSupport

/// Shops that come and go as Ingresses of a cluster do: always as many, and none comes again under its name.
struct ShopChurn {
    private let site: ControllerSite
    /// For all hosts.
    private let certificates: [TestSecret]
    /// The number of the shop that comes next.
    private var next = 0

    private static let shops = 5
    /// Those that nginx refuses at first have numbers of their own.
    private static let refused = 1_000_000

    /// Writes the first shops.
    init(on site: ControllerSite) async throws {
        self.site = site
        certificates = [try await TestSecret(for: "*.example"), try await TestSecret(for: "*.example")]
        try site.write(Shop.ingressClass, to: "class.yaml")
        for _ in 0..<Self.shops { try come() }
    }

    /// The options with which nginx refuses what rewrites by a pattern.
    static func options(on site: ControllerSite) throws -> [String] {
        let folder = "\(site.folder)/templates"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let twice = "proxy_buffers 8 4k;\n    proxy_buffers 8 4k;\n    rewrite {{ pattern }}"
        let location = try BuiltInTemplate.replacing(["rewrite {{ pattern }}": twice], in: "location")
        try Data(location.utf8).write(to: URL(filePath: "\(folder)/location.tmpl"))
        return ["--templates", folder]
    }

    func awaitStart() async throws { try await site.awaitAnswer("302 /0", of: Shop.host(Self.shops - 1)) }

    /// Has the oldest shop go and a new one come, the certificate of another renewed, and at times one be refused and mended.
    mutating func turn() async throws {
        let (oldest, newest) = (next - Self.shops, next)
        try site.remove("\(oldest).yaml")
        try write(newest - 1, certificate: newest)
        try come()
        try await site.awaitAnswer("302 /0", of: Shop.host(newest))
        try await site.awaitAnswer("404", of: Shop.host(oldest))
        if newest % 10 == 0 { try await refuse(Self.refused + newest) }
    }

    private mutating func come() throws {
        try write(next, certificate: next)
        next += 1
    }

    private func write(_ number: Int, certificate: Int) throws {
        let secret = certificates[certificate % certificates.count]
        try site.write(Shop.manifests(number, appRoot: "/0", secret), to: "\(number).yaml")
    }

    private func refuse(_ number: Int) async throws {
        let file = "\(number).yaml"
        try site.write(Shop.manifests(number, appRoot: "/1", path: "/(.*)"), to: file)
        try await eventually("it is set aside") { site.stateText("set-aside.json").contains("shop-\(number)") }
        try site.write(Shop.manifests(number, appRoot: "/2"), to: file)
        try await site.awaitAnswer("302 /2", of: Shop.host(number))
        try site.remove(file)
    }
}
