// Each of these declares the structures of the C library, and which one is found differs.
import CDispatch
import CoreFoundation
import Foundation

/// The resources that a process has used.
struct ProcessUsage {
    /// Seconds of processor time, in user and system mode.
    var processorTime: Double
    /// The most memory it ever held, in MiB.
    var peakMemory: Double

    static var current: ProcessUsage { ProcessUsage(of: RUSAGE_SELF) }

    /// Of all children that have ended.
    static var children: ProcessUsage { ProcessUsage(of: RUSAGE_CHILDREN) }

    private init(of who: __rusage_who) {
        var usage = rusage()
        getrusage(__rusage_who_t(who.rawValue), &usage)
        self.init(usage)
    }

    /// Waits until a child has ended; returns its status, and what it has used.
    static func waiting(for child: pid_t) throws -> (status: Int32, usage: ProcessUsage) {
        var status: Int32 = 0
        var usage = rusage()
        while wait4(child, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw BenchmarkError.system("waiting for a program", errno) }
        }
        return (status, ProcessUsage(usage))
    }

    private init(_ usage: rusage) {
        processorTime = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
        peakMemory = Double(usage.ru_maxrss) / 1_024
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
    }
}
