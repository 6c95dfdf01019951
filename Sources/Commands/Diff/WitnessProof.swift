import NginxControl
import NginxSyntax
import ProxyConfiguration

/// What a real nginx does with the request that shows a change, before and after it.
struct WitnessProof: Hashable {
    enum Verdict: Hashable {
        /// It answers as the witness says.
        case verified
        /// The answers depend on what a shadow does without, such as addresses of clients.
        case beyond
        /// It does something else.
        case contradicted(String)
    }

    var nginx: String
    var verdict: Verdict

    var text: String {
        switch verdict {
        case .verified: "verified on nginx \(nginx)"
        case .beyond: "not to be verified: it depends on what only a client has"
        case .contradicted(let difference): "nginx \(nginx) does not agree: \(difference)"
        }
    }

    var isContradiction: Bool { if case .contradicted = verdict { true } else { false } }
}

extension ProvingNginx {
    /// Sends the requests that show changes through a shadow of each side.
    func prove(
        _ witnesses: [RouteWitness],
        _ before: Configuration,
        _ after: Configuration,
        by pipeline: Pipeline
    ) async throws -> [WitnessProof] {
        var verdicts = witnesses.map { _ in WitnessProof.Verdict.verified }
        for (configuration, side) in [(before, "before"), (after, "after")] {
            let router = Router(configuration)
            for isAdmitted in [false, true] {
                let numbers = witnesses.indices.filter { witnesses[$0].request.isAdmitted == isAdmitted }
                guard !numbers.isEmpty else { continue }
                let requests = numbers.map { witnesses[$0].request }
                let answers = try await ask(requests, of: configuration, by: pipeline, keepingGuards: !isAdmitted)
                // There may be fewer where time runs out.
                for (number, answer) in zip(numbers, answers) {
                    let required = ProbeOutcome(router.route(witnesses[number].request))
                    if let actual = answer.actual, required.isMet(by: actual), answer.failure == nil { continue }
                    if answer.passage != nil, answer.agrees == true { continue }
                    guard answer.agrees == false else {
                        if verdicts[number] == .verified { verdicts[number] = .beyond }
                        continue
                    }
                    let actual = answer.actual.map { "\($0)" } ?? answer.failure ?? "no answer"
                    verdicts[number] = .contradicted("\(side) it must be \(required), and is \(actual)")
                }
                for number in numbers.dropFirst(answers.count) { verdicts[number] = .beyond }
            }
        }
        return verdicts.map { WitnessProof(nginx: "\(capabilities.version)", verdict: $0) }
    }
}
