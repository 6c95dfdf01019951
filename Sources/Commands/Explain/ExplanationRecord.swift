import Diagnostics

/// An explanation as JSON has it; `version` changes where a field goes or means something else.
struct ExplanationRecord: Encodable {
    var version = 1
    var request: String
    var steps: [Explanation.Step]
    var answer: String
    var answerOnceAdmitted: String?
    var proof: RequestProof?
    var logged: LoggedAnswer?
    var served: ServedAnswer?
    var findings: [DiagnosticRecord]

    init(_ explanation: Explanation) {
        (request, steps) = (explanation.request, explanation.steps)
        (answer, answerOnceAdmitted) = (explanation.answer, explanation.answerOnceAdmitted)
        (proof, logged, served) = (explanation.proof, explanation.logged, explanation.served)
        findings = explanation.findings.map(DiagnosticRecord.init)
    }
}
