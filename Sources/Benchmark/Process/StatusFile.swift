import Foundation

/// The content of `status.json`, as far as it is measured here.
struct StatusFile: Decodable {
    struct Swap: Decodable, Equatable {
        var at: String
        var result: String
        var generation: String?
        var error: String?
        /// By the name of the step.
        var milliseconds: [String: Double]
    }

    /// The newest first.
    var swaps: [Swap]

    init?(at file: URL) {
        guard let data = try? Data(contentsOf: file), let status = try? JSONDecoder().decode(Self.self, from: data)
        else { return nil }
        self = status
    }
}
