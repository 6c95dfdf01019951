extension ProcessEntry {
    /// The memory of the process in bytes, of what it shares with others its part alone (`proc_pid_smaps_rollup(5)`); 0
    /// where that cannot be read.
    var memory: UInt64 {
        guard let text = [UInt8](contentsOf: "/proc/\(processIdentifier)/smaps_rollup") else { return 0 }
        let line = String(decoding: text, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("Pss:") }
        let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap { UInt64($0) }
        return (kilobytes ?? 0) << 10
    }
}
