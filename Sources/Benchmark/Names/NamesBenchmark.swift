import Foundation
import NginxTestSupport
import TestSupport

/// Measures a controller whose nginx asks for the endpoints of thousands of Services.
enum NamesBenchmark {
    /// - Parameter nginx: The path of one of 1.27.3 or newer.
    static func run(_ nginx: String, _ count: Int) async throws {
        let folder = URL(filePath: "/tmp/postern-benchmark-\(getpid())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let services = try NamedServices(count, in: folder)
        print("\(count) Services of \(NamedServices.endpoints) endpoints each; seconds, those of processors by process")
        print(NamesSite.header)
        try await LiveNginx.run(in: services.backends) { _ in try await measure(services, nginx, in: folder) }
    }

    @concurrent
    private static func measure(_ services: NamedServices, _ nginx: String, in folder: URL) async throws {
        let health = try FreePort.find()
        let options = [
            "--nginx", nginx, "--endpoints", "dns", "--endpoints-port", "\(try FreePort.find())",
            "--configmap", "shop/settings", "--healthz-port", "\(health)",
        ]
        let start = ContinuousClock.now
        let postern = try PosternProcess(on: services.manifests, in: folder, options: options)
        defer { postern.stop() }
        let site = NamesSite(services, postern, LoopbackRequest(port: health, host: "localhost"))
        try site.step("a start, until it is ready", since: start) { try site.awaitReadiness() }
        try site.step("every Service is asked once") { try site.ask(0..<services.count, until: 0, isOnce: true) }
        try site.step("until every one has its endpoints") { try site.ask(0..<services.count, until: 0) }
        for _ in 0..<2 { try site.step("at rest, for twenty seconds") { sleep(20) } }
        for generation in 1...3 {
            try services.write(.first, generation: generation)
            try site.step("one slice changes") { try site.ask(0..<1, until: generation) }
        }
        for generation in 4...5 {
            let start = ContinuousClock.now
            try services.write(.all, generation: generation)
            try site.step("all slices change", since: start) { try site.ask(0..<services.count, until: generation) }
        }
        try services.addHost()
        try site.step("a new host, by a reload") { try site.awaitHost() }
        try site.step("every Service is asked once more") { try site.ask(0..<services.count, until: 5, isOnce: true) }
        try site.step("at rest, for twenty seconds") { sleep(20) }
        let memory = (postern.residentMemory, site.nginxMemory)
        print(String(format: "Postern holds %.0f MiB, the largest worker of nginx %.0f MiB", memory.0, memory.1))
    }
}
