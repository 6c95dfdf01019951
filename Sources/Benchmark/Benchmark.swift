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
        switch CommandLine.arguments.dropFirst().first {
        case nil:
            try RenderingBenchmark.run()
            print()
            try SwapBenchmark.run()
            print()
            try ChangeBenchmark.run()
            print()
            try SettingsBenchmark.run()
            print()
            try MixBenchmark.run()
            if let base = ProcessInfo.processInfo.environment["BASE"], !base.isEmpty {
                print()
                try Comparison.run(with: base)
            }
        case "settings": try SettingsBenchmark.run()
        case "compare":
            guard let base = CommandLine.arguments.dropFirst(2).first else { throw BenchmarkError.unknown("compare") }
            try Comparison.run(with: base)
        case "change":
            let size = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) }
            if let size { try await ChangeBenchmark.run(size) } else { try ChangeBenchmark.run() }
        case "mix":
            let size = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) }
            if let size { try MixBenchmark.run(size) } else { try MixBenchmark.run() }
        case "render": try RenderingBenchmark.run()
        case "swap":
            let sizes = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }
            try sizes.isEmpty ? SwapBenchmark.run() : SwapBenchmark.run(sizes)
        case "load": try await LoadBenchmark.run()
        case "cluster":
            let sizes = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }
            try await sizes.isEmpty ? ClusterBenchmark.run() : ClusterBenchmark.run(sizes)
        case let size?:
            guard let size = Int(size) else { throw BenchmarkError.unknown(size) }
            try RenderingBenchmark.run(size)
        }
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
            "'\(name)' is no benchmark; there are render, swap, change, settings, mix, compare PROGRAM, load and cluster"
        case .templates(let findings): findings.joined(separator: "\n")
        case .system(let what, let code): "\(what): \(String(cString: strerror(code)))"
        case .late(let what): "\(what) took too long"
        case .failed(let reason): reason
        }
    }
}
