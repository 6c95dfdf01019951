import Foundation
import NginxRendering

/// The yardstick: what nginx needs to read a configuration.
enum NginxTest {
    /// Seconds of processor time of `nginx -t`; `nil` where there is no nginx, or it refuses.
    static func processorTime(of generation: Generation) throws -> Double? {
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-benchmark-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in generation.files {
            let url = folder.appending(path: file.path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(file.content.bytes).write(to: url)
        }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/sbin/nginx")
        process.arguments = [
            "-t", "-q", "-p", folder.path, "-c", folder.appending(path: "nginx.conf").path,
            "-g", "pid \(folder.path)/nginx.pid;",
        ]
        let before = ProcessUsage.children.processorTime
        do { try process.run() } catch { return nil }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return ProcessUsage.children.processorTime - before
    }

    /// How long nginx takes to read a configuration.
    static func time(of file: URL) throws -> Duration {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/sbin/nginx")
        process.arguments = ["-t", "-q", "-c", file.path]
        let start = ContinuousClock.now
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchmarkError.late("nginx -t") }
        return ContinuousClock.now - start
    }
}
