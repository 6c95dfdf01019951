import Foundation

/// Measures what a person waits for who asks what a change does: `diff`, `check` and `explain` of a repository with a
/// thousand Ingresses, each in a file of its own with its Services and endpoints, of which one line changes.
///
/// The yardstick is what nginx needs to read the configuration that comes of it.
enum SeeingBenchmark {
    private static let ingresses = 1_000
    private static let rounds = 5

    static func run() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-benchmark-\(getpid())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let old = try ManifestFolder(folder.appending(path: "old"), ingresses: ingresses, hasSecrets: false)
        let new = try ManifestFolder(folder.appending(path: "new"), ingresses: ingresses, hasSecrets: false)
        try new.write(ingresses / 2, appRoot: "/elsewhere")()
        let sides = [old.url.path, new.url.path]
        let url = "http://\(ClusterText.host(ingresses / 2))/api/v1"
        let configuration = folder.appending(path: "conf").path
        _ = try MeasuredProgram.postern(["render", "--as", "folder", "--output", configuration, new.url.path], folder)
        let nginx = try NginxTest.time(of: URL(filePath: "\(configuration)/nginx.conf"))
        print("\(ingresses) Ingresses                      waited  processor    memory   lines    ratio")
        for (name, arguments) in [
            ("diff OLD NEW", ["diff"] + sides), ("diff --format html", ["diff", "--format", "html"] + sides),
            ("check", ["check", new.url.path]), ("explain", ["explain", url, new.url.path]),
        ] {
            let runs = try (0..<rounds).map { _ in try MeasuredProgram.postern(arguments, folder) }
            let waited = Sample(runs.map(\.seconds))
            print(
                name.padding(toLength: 20, withPad: " ", startingAt: 0)
                    + String(
                        format: "  %5.2f s (%5.2f)     %5.2f s    %3.0f MB  %6d   %6.2f",
                        waited.median,
                        waited.maximum,
                        Sample(runs.map(\.usage.processorTime)).median,
                        Sample(runs.map(\.usage.peakMemory)).maximum,
                        runs[0].lines,
                        waited.median / (nginx / .seconds(1))
                    )
            )
        }
    }
}
