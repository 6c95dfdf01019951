import Diagnostics
import IngressTranslation

/// Leaves out the findings that somebody asks to have left out: an object by its annotation, the command line or the
/// settings of the repository by their codes, or a baseline that has them already.
struct FindingFilter {
    /// A code that is ignored, by what, and where that stands.
    struct Ignored {
        var code: String
        var place: String
        var position: SourcePosition?
        /// Whether it may leave nothing out: what it is for need not be in the input.
        var isExcused = false
    }

    let ignored: [Ignored]
    /// The file of a baseline.
    let baseline: String?
    /// Whether the configuration was proven, without which some findings cannot come.
    let isProven: Bool

    /// The findings that count, and one for each request that leaves nothing out.
    func select(_ findings: [Diagnostic], of result: Pipeline.Result) throws -> [Diagnostic] {
        var known = try Baseline(file: baseline)
        var suppressions = Suppressions(in: result.snapshot)
        let codes = Set(ignored.map(\.code))
        var used: Set<String> = []
        var rest: [Diagnostic] = []
        for finding in findings {
            let isSuppressed = suppressions.take(finding)
            if codes.contains(finding.code) {
                used.insert(finding.code)
            } else if !isSuppressed, !known.take(finding) {
                rest.append(finding)
            }
        }
        let leftOut = Set(result.translation.leftOut.compactMap(\.object))
        let idle = ignored.filter { !used.contains($0.code) && !mayBeIdle($0.code) && !$0.isExcused }
            .map { Diagnostic.idle($0.code, in: $0.place, position: $0.position) }
        // Nobody looks at what an Ingress of another class says.
        let idleOfObjects = suppressions.idle { code, object in mayBeIdle(code) || leftOut.contains(object) }
        return rest.inOrder(with: idle + idleOfObjects)
    }

    private func mayBeIdle(_ code: String) -> Bool { !isProven && Self.codesOfProof.contains(code) }

    private static let codesOfProof: Set = ["handshake-failed", "held-back", "nginx-refused", "proof-failed"]
}
