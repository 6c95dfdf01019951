import Foundation

/// Compares this program with an earlier one, side by side: the two take turns, so that what else the machine does falls
/// on both.
enum Comparison {
    private static let ingresses = 5_000
    private static let rounds = 7

    /// - Parameter base: The path of the earlier `postern-benchmark`.
    static func run(with base: String) throws {
        let programs = [base, CommandLine.arguments[0]]
        var whole: [[RenderingRow]] = [[], []]
        var changes: [[Double]] = [[], []]
        for _ in 0..<rounds {
            for (index, program) in programs.enumerated() {
                whole[index].append(try RenderingRow(ChildProgram.output(of: ["\(ingresses)"], program: program)))
            }
        }
        for _ in 0..<(rounds / 2) {
            for (index, program) in programs.enumerated() {
                changes[index].append(
                    try changeTime(ChildProgram.output(of: ["change", "\(ingresses)"], program: program))
                )
            }
        }
        print("at \(ingresses) Ingresses              before      now   ratio   target")
        show("translation and rendering", "ms", whole.map { $0.map(\.milliseconds) }, target: 1.1)
        show("memory", "MB", whole.map { $0.map(\.memory) }, target: 1.1)
        show("one changed Ingress", "ms", changes, target: 1.0)
    }

    private static func show(_ name: String, _ unit: String, _ values: [[Double]], target: Double) {
        let medians = values.map { Sample($0).median }
        let title = name.padding(toLength: 26, withPad: " ", startingAt: 0)
        print(
            title
                + String(
                    format: "%8.1f %@ %8.1f %@   %5.2f     %4.2f",
                    medians[0],
                    unit,
                    medians[1],
                    unit,
                    medians[1] / medians[0],
                    target
                )
        )
    }

    /// The cost of one changed Ingress, in milliseconds.
    private static func changeTime(_ output: String) throws -> Double {
        let words = output.split(whereSeparator: \.isWhitespace)
        guard words.count > 2, let time = Double(words[2]) else { throw BenchmarkError.failed(output) }
        return time
    }
}

/// The figures that a program prints of translation and rendering.
private struct RenderingRow {
    /// Of translation and rendering together.
    let milliseconds: Double
    /// In MiB.
    let memory: Double

    init(_ output: String) throws {
        let words = output.split(whereSeparator: \.isWhitespace)
        guard words.count > 10, words[4].hasSuffix("s"), let time = Double(words[4].dropLast()),
            let memory = Double(words[9]), words[10] == "MB"
        else { throw BenchmarkError.failed(output) }
        milliseconds = time * 1_000
        self.memory = memory
    }
}
