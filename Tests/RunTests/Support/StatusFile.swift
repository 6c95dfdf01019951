import ControllerTestSupport
import Foundation
import TestSupport

/// The fields of `status.json` that tests read.
struct StatusFile: Decodable {
    struct Generation: Decodable {
        var id: String
    }

    struct SetAside: Decodable {
        struct Object: Decodable {
            var kind: String
            var name: String
        }

        struct Finding: Decodable {
            var message: String
            var file: String?
            var line: Int?
        }

        var object: Object
        var serves: String
        var finding: Finding
    }

    struct Swap: Decodable {
        var result: String
        var error: String?
    }

    /// Of the controller that wrote it.
    var processIdentifier: Int32
    var generation: Generation?
    var error: String?
    var setAside: [SetAside]
    var swaps: [Swap]
}

extension ControllerSite {
    /// `nil` where there is none.
    var status: StatusFile? { try? JSONDecoder().decode(StatusFile.self, from: Data(stateText("status.json").utf8)) }

    /// Waits until nginx answers so for a host, and all of its workers do: one may answer before there are others.
    func awaitFirstSwap(_ answer: String, of host: String) async throws {
        try await awaitAnswer(answer, of: host)
        try await eventually("the swap is told") { status?.generation != nil }
    }
}
