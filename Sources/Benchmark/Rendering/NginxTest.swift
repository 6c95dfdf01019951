import Foundation
import NginxRendering

/// The yardstick: what nginx needs to read a configuration.
enum NginxTest {
    /// Seconds of processor time of `nginx -t`; `nil` where there is no nginx, or it refuses.
    ///
    /// - Parameter plain: What stands in the place of the generation's nginx.conf.
    static func processorTime(of generation: Generation, plain: String? = nil) throws -> Double? {
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
        if let plain { try Data(plain.utf8).write(to: folder.appending(path: "nginx.conf")) }
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
    ///
    /// Waits in the system: Foundation looks only every 50 ms whether a process has ended.
    static func time(of file: URL) throws -> Duration {
        let arguments = ["/usr/sbin/nginx", "-t", "-q", "-c", file.path]
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        let start = ContinuousClock.now
        var process: pid_t = 0
        let code = posix_spawn(&process, arguments[0], nil, nil, &pointers, &environment)
        guard code == 0 else { throw BenchmarkError.system("nginx -t", code) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw BenchmarkError.system("nginx -t", errno) }
        }
        guard status == 0 else { throw BenchmarkError.failed("nginx -t ended with \(status)") }
        return ContinuousClock.now - start
    }
}
