import Foundation

/// A worker process of an nginx.
struct NginxWorker: Hashable {
    let processIdentifier: Int32
    /// Whether it only finishes what it has begun, and takes no new connections.
    let isShuttingDown: Bool

    /// The workers that live now.
    static func all(of master: Int32) throws -> Set<NginxWorker> {
        let children = try String(contentsOfFile: "/proc/\(master)/task/\(master)/children", encoding: .utf8)
        let workers = children.split(separator: " ").compactMap { Int32($0) }.compactMap(NginxWorker.init)
        return Set(workers)
    }

    /// Whether a master has started all of its workers, and waits for signals.
    ///
    /// While it starts them it blocks these, as `proc_pid_status(5)` tells.
    static func haveAllStarted(by master: Int32) throws -> Bool {
        guard try !all(of: master).isEmpty else { return false }
        let status = try String(contentsOfFile: "/proc/\(master)/status", encoding: .utf8)
        return status.contains("\nSigBlk:\t0000000000000000\n")
    }

    /// The most memory that it has had at a time, in KiB; `nil` once it is gone.
    var peakMemory: Int? {
        let status = try? String(contentsOfFile: "/proc/\(processIdentifier)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
    }

    /// Returns `nil` for a process that is gone or is no worker.
    private init?(processIdentifier: Int32) {
        // nginx keeps the title of its processes up to date.
        guard let data = FileManager.default.contents(atPath: "/proc/\(processIdentifier)/cmdline") else { return nil }
        let title = String(decoding: data, as: UTF8.self)
        guard title.contains("worker process") else { return nil }
        self.processIdentifier = processIdentifier
        isShuttingDown = title.contains("shutting down")
    }
}

extension LiveNginx {
    /// The numbers of its workers, also of those that shut down.
    package var workers: Set<Int32> {
        get throws { Set(try NginxWorker.all(of: processIdentifier).map(\.processIdentifier)) }
    }

    /// The most memory that one of its workers has had at a time, in KiB.
    package var peakMemory: Int {
        get throws { try NginxWorker.all(of: processIdentifier).compactMap(\.peakMemory).max() ?? 0 }
    }
}
