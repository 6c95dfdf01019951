package import Foundation

/// A program that serves a test, and ends with it.
package enum BackgroundProgram {
    /// A place where a program listens.
    package typealias Place = (host: String, port: UInt16)

    /// Runs a program while `body` runs, from when it listens at all places.
    ///
    /// It is to end with its standard input, which ends even if this process crashes.
    package static func run<Result: Sendable>(
        _ words: [String],
        listeningAt places: [Place],
        in folder: URL? = nil,
        body: () async throws -> Result
    ) async throws -> Result {
        let command = "exec " + words.map { "'\($0)'" }.joined(separator: " ")
        let script = folder.map { "cd '\($0.path)' && \(command)" } ?? command
        return try await Guardian.run(script, over: "") {
            for place in places {
                try await eventually("\(words[0]) listens at \(place.host):\(place.port)") {
                    (try? await RawConnection.use(to: place.host, port: place.port) { _ in true }) ?? false
                }
            }
            return try await body()
        }
    }
}
