import Foundation

/// How many instructions a cluster takes, in thousands: nearly the same on every day, whatever else the machine does.
struct CostCount: Equatable {
    var shape: ClusterShape
    var ingresses: Int
    /// For each Ingress, to translate and render all from nothing.
    var fromNothing: Double
    /// To translate and render once more after one Ingress changed.
    var oneChanged: Double

    /// Counts by callgrind.
    ///
    /// - Parameter folder: For files that are needed meanwhile.
    static func all(in folder: URL) throws -> [CostCount] {
        let program = folder.appending(path: "postern-benchmark").path
        // valgrind does not understand all that is written for debuggers.
        let arguments = ["--strip-debug", "-o", program, CommandLine.arguments[0]]
        _ = try ChildProgram.output(of: arguments, program: "/usr/bin/strip")
        let file = folder.appending(path: "counts").path
        try count(program, writingTo: file)
        let totals = try (1...(2 * CostWork.parts.count + 1)).map { try total(in: "\(file).\($0)") }
        // The first has filled tables.
        return CostWork.parts.enumerated().map { index, part in
            CostCount(
                shape: part.shape,
                ingresses: part.ingresses,
                fromNothing: totals[2 * index + 1] / Double(part.ingresses) / 1_000,
                oneChanged: totals[2 * index + 2] / Double(CostWork.turns) / 1_000
            )
        }
    }

    private static func count(_ program: String, writingTo file: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/valgrind")
        process.arguments = [
            "--tool=callgrind", "--zero-before=*CostMarkO5beginyyFZ", "--dump-before=*CostMarkO3endyyFZ",
            "--dump-line=no", "--callgrind-out-file=\(file)", "--log-file=\(file).log", program, "work",
        ]
        process.environment = ProcessInfo.processInfo.environment
        // Otherwise the order of what is hashed differs from run to run.
        process.environment?["SWIFT_DETERMINISTIC_HASHING"] = "1"
        do { try process.run() } catch { throw BenchmarkError.failed("valgrind is not installed") }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchmarkError.failed("valgrind failed") }
    }

    /// The last total of a file of callgrind's.
    static func total(in file: String) throws -> Double {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let line = text.split(separator: "\n").last { $0.hasPrefix("totals: ") || $0.hasPrefix("summary: ") }
        guard let total = line?.split(separator: " ").last.flatMap({ Double($0) }) else {
            throw BenchmarkError.failed("\(file) has no total")
        }
        return total
    }

    /// Reads a line of a file of counts; `nil` for any other line.
    init?(line: Substring) {
        let words = line.split(separator: " ")
        guard words.count == 4, let shape = ClusterShape(rawValue: String(words[0])), let ingresses = Int(words[1]),
            let fromNothing = Double(words[2]), let oneChanged = Double(words[3])
        else { return nil }
        self.init(shape: shape, ingresses: ingresses, fromNothing: fromNothing, oneChanged: oneChanged)
    }

    private init(shape: ClusterShape, ingresses: Int, fromNothing: Double, oneChanged: Double) {
        (self.shape, self.ingresses) = (shape, ingresses)
        (self.fromNothing, self.oneChanged) = (fromNothing, oneChanged)
    }

    var line: String {
        shape.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0)
            + String(format: " %9d %13.1f %12.1f", ingresses, fromNothing, oneChanged)
    }
}
