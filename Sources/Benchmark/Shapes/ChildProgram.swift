import Foundation

/// This program once more, in a process of its own.
enum ChildProgram {
    /// What it prints; what it writes to standard error goes where this program's does.
    static func output(of arguments: [String], program: String = CommandLine.arguments[0]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkError.failed("\(program) \(arguments.joined(separator: " ")) failed")
        }
        return String(decoding: output, as: UTF8.self)
    }
}
