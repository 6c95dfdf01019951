import Foundation

/// A worker process of an nginx.
struct NginxWorker: Hashable {
    let processIdentifier: Int32
    /// Whether it only finishes what it has begun, and takes no new connections.
    let isShuttingDown: Bool

    /// The workers that live now.
    static func all(of master: Int32) throws -> Set<NginxWorker> {
        Set(try children(of: master).compactMap(NginxWorker.init))
    }

    private static func children(of master: Int32) throws -> [Int32] {
        let children = try String(contentsOfFile: "/proc/\(master)/task/\(master)/children", encoding: .utf8)
        return children.split(separator: " ").compactMap { Int32($0) }
    }

    /// nginx keeps the title of its processes up to date; `nil` for one that is gone.
    private static func title(of process: Int32) -> String? {
        FileManager.default.contents(atPath: "/proc/\(process)/cmdline").map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether a master has started all of its workers, and waits for signals.
    ///
    /// While it starts them it blocks these, as `proc_pid_status(5)` tells. A worker has the master's title until it runs.
    static func haveAllStarted(by master: Int32) throws -> Bool {
        let titles = try children(of: master).compactMap(title)
        guard titles.contains(where: { $0.contains("worker process") }),
            !titles.contains(where: { $0.contains("master process") })
        else { return false }
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
        guard let title = Self.title(of: processIdentifier), title.contains("worker process") else { return nil }
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
