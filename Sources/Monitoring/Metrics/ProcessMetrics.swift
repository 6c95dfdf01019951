import Foundation

/// The resources that this process uses, under the names that Prometheus' own clients use.
///
/// See [process metrics](https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics) and `proc(5)`.
enum ProcessMetrics {
    static var families: [MetricFamily] {
        var families: [MetricFamily] = []
        if let seconds = processorSeconds {
            families.append(
                MetricFamily("process_cpu_seconds_total", .counter, "Processor time, in seconds.", value: seconds)
            )
        }
        if let bytes = residentBytes {
            families.append(
                MetricFamily("process_resident_memory_bytes", .gauge, "Memory in use, in bytes.", value: bytes)
            )
        }
        if let entries = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            families.append(
                MetricFamily("process_open_fds", .gauge, "Open file descriptors.", value: Double(entries.count))
            )
        }
        return families
    }

    private static var processorSeconds: Double? {
        var time = timespec()
        guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return nil }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
    }

    private static var residentBytes: Double? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
        return Double(pages * Int(getpagesize()))
    }
}
