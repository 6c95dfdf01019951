import Foundation
import NginxControl
import NginxRendering

/// The yardstick: what nginx needs to read a configuration.
enum NginxTest {
    private static let program = NginxProgram()?.path ?? "/usr/sbin/nginx"

    /// Seconds of processor time of `nginx -t`; `nil` where there is no nginx, or it refuses.
    ///
    /// - Parameter plain: What stands in the place of the generation's nginx.conf.
    static func processorTime(of generation: Generation, plain: String? = nil) throws -> Double? {
        try usage(of: generation, plain: plain)?.processorTime
    }

    /// What `nginx -t` uses; `nil` where there is no nginx, or it refuses.
    static func usage(of generation: Generation, plain: String? = nil) throws -> ProcessUsage? {
        guard FileManager.default.isExecutableFile(atPath: program) else { return nil }
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-benchmark-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(generation, to: folder)
        if let plain { try Data(plain.utf8).write(to: folder.appending(path: "nginx.conf")) }
        return try usage(of: folder)
    }

    static func write(_ generation: Generation, to folder: URL) throws {
        for file in generation.files {
            let url = folder.appending(path: file.path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(file.content.bytes).write(to: url)
        }
    }

    /// What `nginx -t` uses for a generation that is in a folder.
    static func usage(of folder: URL) throws -> ProcessUsage? {
        guard FileManager.default.isExecutableFile(atPath: program) else { return nil }
        let (status, usage) = try run([
            "-p", folder.path, "-c", folder.appending(path: "nginx.conf").path, "-g", "pid \(folder.path)/nginx.pid;",
        ])
        return status == 0 ? usage : nil
    }

    /// How long nginx takes to read a configuration.
    static func time(of file: URL) throws -> Duration {
        let start = ContinuousClock.now
        let (status, _) = try run(["-c", file.path])
        guard status == 0 else { throw BenchmarkError.failed("nginx -t ended with \(status)") }
        return ContinuousClock.now - start
    }

    /// Waits in the system: Foundation looks only every 50 ms whether a process has ended.
    private static func run(_ arguments: [String]) throws -> (status: Int32, usage: ProcessUsage) {
        var pointers = ([program, "-t", "-q"] + arguments).map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        var process: pid_t = 0
        let code = posix_spawn(&process, program, nil, nil, &pointers, &environment)
        guard code == 0 else { throw BenchmarkError.system("nginx -t", code) }
        return try ProcessUsage.waiting(for: process)
    }
}
