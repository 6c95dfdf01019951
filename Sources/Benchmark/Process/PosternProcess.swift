// Each of these declares the structures of the C library, and which one is found differs.
import CDispatch
import CoreFoundation
import Foundation

/// A `postern run` that supervises an nginx of its own, on ports that nobody else has.
struct PosternProcess {
    let httpPort: UInt16
    let httpsPort: UInt16
    let state: URL
    /// What it and its nginx say.
    let log: URL
    private let process: Process

    /// Starts the program that was built beside this one, on the manifests of a folder.
    ///
    /// - Parameter folder: Where its state goes.
    init(on manifests: URL, in folder: URL, options: [String] = []) throws {
        try self.init(on: ["--source", manifests.path], in: folder, options: options)
    }

    /// - Parameter input: The options that say where the objects come from.
    init(on input: [String], in folder: URL, options: [String] = []) throws {
        httpPort = try FreePort.find()
        httpsPort = try FreePort.find()
        state = folder.appending(path: "state")
        process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "postern")
        process.arguments =
            [
                "run", "--state-dir", state.path, "--supervise", "--sync-period", "0", "--http-port", "\(httpPort)",
                "--https-port", "\(httpsPort)", "--access-log", "off", "--disable-ipv6",
            ] + input + options
        log = folder.appending(path: "postern.log")
        try Data().write(to: log)
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
    }

    /// Ends Postern, and with it nginx.
    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// The newest swap, as soon as it is another than before.
    func nextSwap(after before: StatusFile.Swap?, within seconds: Int = 120) throws -> StatusFile.Swap {
        let file = state.appending(path: "status.json")
        let deadline = ContinuousClock.now + .seconds(seconds)
        var known: UInt?
        while ContinuousClock.now < deadline, process.isRunning {
            // To read the file each time would take from nginx and Postern what is measured.
            var status = stat()
            if stat(file.path, &status) == 0, status.st_ino != known {
                known = status.st_ino
                if let newest = StatusFile(at: file)?.swaps.first, newest != before { return newest }
            }
            usleep(1_000)
        }
        throw BenchmarkError.late("a swap")
    }

    /// Processor time of Postern itself so far, without that of its children.
    var processorTime: Duration {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(process.processIdentifier, &clock) == 0, clock_gettime(clock, &time) == 0 else {
            return .zero
        }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// The memory that Postern holds, in MiB.
    var residentMemory: Double { ProcessMemory.resident(of: process.processIdentifier) }
}
