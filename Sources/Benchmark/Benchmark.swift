import Foundation

/// Measures Postern: what it computes, and what it does to an nginx that serves.
@main
enum Benchmark {
    static func main() async {
        do {
            try await run()
        } catch {
            FileHandle.standardError.write(Data("error: \(error)\n".utf8))
            exit(2)
        }
    }

    private static func run() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        let numbers = words.dropFirst().compactMap { Int($0) }
        switch words.first {
        case nil: try await runAll()
        case "settings": try SettingsBenchmark.run()
        case "compare":
            guard words.count > 1 else { throw BenchmarkError.unknown("compare") }
            try Comparison.run(with: words[1])
        case "change":
            if let size = numbers.first { try await ChangeBenchmark.run(size) } else { try ChangeBenchmark.run() }
        case "mix": try await MixBenchmark.run(numbers.first ?? 5_000)
        case "render": try RenderingBenchmark.run()
        case "swap": try numbers.isEmpty ? SwapBenchmark.run() : SwapBenchmark.run(numbers)
        case "load": try await LoadBenchmark.run()
        case "rolling": try await RollingBenchmark.run(Array(words.dropFirst()))
        case "names":
            guard words.count > 1 else { throw BenchmarkError.unknown("names") }
            try await NamesBenchmark.run(words[1], numbers.first ?? 10_000)
        case "cluster": try await numbers.isEmpty ? ClusterBenchmark.run() : ClusterBenchmark.run(numbers)
        case "shapes": try numbers.isEmpty ? ShapeBenchmark.run() : ShapeBenchmark.run(numbers)
        case "plot":
            guard words.count > 1 else { throw BenchmarkError.unknown("plot") }
            try ShapeBenchmark.run(numbers.isEmpty ? ShapeBenchmark.sizes : numbers, writingTo: words[1])
        case "costs":
            guard words.count > 1 else { throw BenchmarkError.unknown("costs") }
            try CostBenchmark.run(words[1], isRecording: words.dropFirst(2).first == "record")
        case "churn":
            if let shape = words.dropFirst().first.flatMap({ ClusterShape(rawValue: $0) }), numbers.count == 2 {
                try ChurnBenchmark.run(shape, numbers[0], numbers[1])
            } else {
                try ChurnBenchmark.run(numbers)
            }
        case "work": try CostWork.run()
        case "seeing": try SeeingBenchmark.run()
        case "data-plane" where words.contains("workers"):
            try await DataPlaneSockets.run(workers: numbers.first ?? 2)
        case "data-plane":
            try await DataPlaneBenchmark.run(numbers.isEmpty ? [100] : numbers, measuresRates: words.contains("rates"))
        case "shape": try runPart(words)
        case let size?:
            guard let size = Int(size) else { throw BenchmarkError.unknown(size) }
            try RenderingBenchmark.run(size)
        }
    }

    private static func runAll() async throws {
        let all: [() async throws -> Void] = [
            { try RenderingBenchmark.run() }, { try SwapBenchmark.run() }, { try ChangeBenchmark.run() },
            { try SettingsBenchmark.run() }, { try await MixBenchmark.run() },
        ]
        for (index, run) in all.enumerated() {
            if index > 0 { print() }
            try await run()
        }
        if let base = ProcessInfo.processInfo.environment["BASE"], !base.isEmpty {
            print()
            try Comparison.run(with: base)
        }
    }

    /// What the benchmark of shapes has done in a process of its own.
    private static func runPart(_ words: [String]) throws {
        let numbers = words.dropFirst(2).prefix(1).compactMap { Int($0) }
        guard numbers.count == 1, let shape = ClusterShape(rawValue: words[1]) else {
            throw BenchmarkError.unknown(words.joined(separator: " "))
        }
        let folder = words.count > 3 ? URL(filePath: words[3]) : nil
        try ShapeMeasurement(shape, ingresses: numbers[0], writingTo: folder).print()
    }
}

enum BenchmarkError: Error, CustomStringConvertible {
    case unknown(String)
    case templates([String])
    case system(String, Int32)
    case late(String)
    case failed(String)

    var description: String {
        switch self {
        case .unknown(let name):
            """
            '\(name)' is no benchmark; there are render, swap, change, settings, mix, shapes, plot FOLDER, costs FILE [record], churn, \
            compare PROGRAM, data-plane [rates] [HOSTS], data-plane workers NUMBER, seeing, load, rolling, \
            names NGINX [SERVICES] and cluster
            """
        case .templates(let findings): findings.joined(separator: "\n")
        case .system(let what, let code): "\(what): \(String(cString: strerror(code)))"
        case .late(let what): "\(what) took too long"
        case .failed(let reason): reason
        }
    }
}
