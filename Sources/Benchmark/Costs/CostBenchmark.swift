import Foundation

/// Counts the instructions of small clusters, and compares them with what was counted before.
///
/// Times differ by a half from one machine to the next, and from one minute to the next; instructions by a hundredth.
enum CostBenchmark {
    /// How much more than before is taken for a loss, and how much less for something to write down.
    private static let tolerance = 1.1
    /// How much more each of four times as many Ingresses may take.
    private static let growth = 1.1

    /// - Parameters:
    ///   - file: What was counted before.
    ///   - isRecording: Whether what is counted now is written to the file instead.
    static func run(_ file: String, isRecording: Bool) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-benchmark-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let counts = try CostCount.all(in: folder)
        print(header)
        for count in counts { print(count.line) }
        let url = URL(filePath: file)
        if isRecording { return try Data(text(of: counts).utf8).write(to: url) }
        let known = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").compactMap(CostCount.init)
        let findings = findings(in: counts, before: known)
        for finding in findings { print(finding) }
        guard findings.isEmpty else { throw BenchmarkError.failed("costs differ from \(file)") }
    }

    private static let header = "# shape       ingresses  from nothing  one changed"

    private static func text(of counts: [CostCount]) -> String {
        """
        # Instructions of a build for development, in thousands: for each Ingress where all is translated and rendered,
        # and for one that changed. `make costs` counts them anew and fails where they differ by a tenth;
        # `make costs RECORD=yes` writes this file.
        \(header)
        \(counts.map(\.line).joined(separator: "\n"))

        """
    }

    /// What has become worse, what has become better, and what grows faster than clusters do.
    private static func findings(in counts: [CostCount], before known: [CostCount]) -> [String] {
        counts.flatMap { count -> [String] in
            guard let before = known.first(where: { $0.shape == count.shape && $0.ingresses == count.ingresses }) else {
                return ["\(count.shape.rawValue) \(count.ingresses): not counted before"]
            }
            let small = counts.first { $0.shape == count.shape }
            return [
                difference(in: "from nothing", of: count, count.fromNothing, before.fromNothing),
                difference(in: "for one changed", of: count, count.oneChanged, before.oneChanged),
                small.flatMap { grows(from: $0, to: count) },
            ].compactMap(\.self)
        }
    }

    private static func difference(in what: String, of count: CostCount, _ now: Double, _ before: Double) -> String? {
        guard now > tolerance * before || now < before / tolerance else { return nil }
        return "\(count.shape.rawValue) \(count.ingresses): \(what) "
            + String(format: "%.1f in place of %.1f thousand instructions", now, before)
    }

    private static func grows(from small: CostCount, to count: CostCount) -> String? {
        guard count.fromNothing > growth * small.fromNothing else { return nil }
        return "\(count.shape.rawValue): each of \(count.ingresses) Ingresses takes "
            + String(format: "%.2f", count.fromNothing / small.fromNothing)
            + " times what each of \(small.ingresses) takes"
    }
}
