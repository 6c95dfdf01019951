import Controller
import Diagnostics
import Foundation
import IngressTranslation
import NginxRendering
import NginxSyntax
import ProxyConfiguration

/// Endpoints that nginx asks for, and that change without a reload.
extension NginxDataPlane {
    /// Answers nginx with the endpoints of a translation from now on.
    func publish(_ table: EndpointTable) {
        guard let answers else { return }
        let change = book.take(table, at: .now, lastQuestion: answers.lastQuestion)
        guard change.isAny else { return }
        // First, so that a process that is killed here leaves no older answers behind than nginx has had.
        try? EndpointFile(state: state).write(book.addresses)
        atStep(.noted)
        answers.answer(book.addresses, for: book.lifetime)
        endpointChanges += change.names.count
        untold.note(change.names, at: .now)
    }

    /// Whether nginx serves the endpoints of a translation, or will when it asks next.
    func servesEndpoints(of translation: Translation) -> Bool {
        guard let served else { return true }
        return served.written.areCurrent(in: translation.endpoints) && overdueNames.isEmpty
    }

    /// The names that nginx should have asked for by now.
    var overdueNames: Set<EndpointGroup> {
        guard let answers, !untold.isEmpty else { return [] }
        if let served { untold.keep(served.askedNames) }
        return untold.overdue(at: .now, after: book.lifetime.silence, answers)
    }

    /// Chooses the endpoints that are to stand in a configuration though it names them.
    func writtenEndpoints(of translation: Translation) -> WrittenEndpoints {
        var written = WrittenEndpoints()
        let configuration = translation.configuration
        guard answers != nil, configuration.endpoints != nil else { return written }
        // An nginx that is started with a few names knows them all before anybody finds it.
        let isStart = runningMaster == nil && isSupervised
        if isStart, book.addresses.count <= EndpointLookup.fewNames { return written }
        let overdue = overdueNames
        if !overdue.isEmpty { lastSilence = .now }
        let isSilent = lastSilence.map { ContinuousClock.now - $0 < Self.timeToTryAgain } ?? false
        let known = knownUpstreams(beside: configuration)
        let unserved = isSilent || known.isEmpty ? [] : unservedUpstreams(of: configuration)
        for upstream in configuration.upstreams where !upstream.names.isEmpty {
            if unserved.contains(upstream.name) { continue }
            if known[upstream.name] != upstream.names {
                written.write(upstream, isSilent ? .insteadOfNames : .besideNames, translation.endpoints)
            } else if !overdue.isDisjoint(with: upstream.names) {
                // The addresses that nginx has for a name stay with it, old as they are.
                written.write(upstream, .insteadOfNames, translation.endpoints)
            }
        }
        return written
    }

    /// The upstreams that are new to an nginx that asks, and whose endpoints nobody misses before it knows them.
    private func unservedUpstreams(of configuration: Configuration) -> Set<Identifier> {
        guard let served, let answers else { return [] }
        let before = Set(served.configuration.upstreams.lazy.map(\.name))
        let new = configuration.upstreams.filter { !$0.names.isEmpty && !before.contains($0.name) }
        let silence = book.lifetime.silence
        let asks = served.askedNames.contains { name in
            answers.lastQuestion(for: name).map { ContinuousClock.now - $0 < silence } ?? false
        }
        guard asks, new.reduce(0, { $0 + $1.names.count }) <= EndpointLookup.fewNames else { return [] }
        return configuration.upstreamsOfUnservedRequests(
            among: Set(new.map(\.name)),
            after: served.configuration
        )
    }

    /// The generation of a translation as nginx serves it, where it serves that already.
    ///
    /// - Parameter plain: The generation with nothing written in.
    func written(_ translation: Translation, _ plain: Generation) async -> KnownGeneration {
        var written = served?.written ?? WrittenEndpoints()
        if served == nil, let live = liveGeneration, live != plain.id, translation.configuration.endpoints != nil {
            // An earlier process may have written some in; the id says whether they are the same.
            let text = FileManager.default.contents(atPath: "\(state.generations)/\(live)/nginx.conf") ?? Data()
            written = WrittenEndpoints(in: Array(text), of: translation.configuration)
        }
        guard !written.isEmpty else { return KnownGeneration(plain, of: translation, written) }
        return KnownGeneration(await render(translation, written), of: translation, written)
    }

    /// How long nginx is not made to ask again that was silent.
    private static let timeToTryAgain: Duration = .seconds(600)

    /// The upstreams whose endpoints nginx has asked for: it takes their addresses over at a reload.
    private func knownUpstreams(beside configuration: Configuration) -> [Identifier: [EndpointGroup]] {
        guard let served, let lookup = served.configuration.endpoints, let new = configuration.endpoints,
            lookup.servers.first == new.servers.first, lookup.memory == new.memory
        else { return [:] }
        let known = served.askingUpstreams.map { ($0.name, $0.names) }
        return Dictionary(known) { first, _ in first }
    }

    /// Says that a generation is new to nginx, and with it some names; returns those beside which no endpoints stand.
    func noteNames(
        of known: KnownGeneration,
        after before: KnownGeneration?,
        at time: ContinuousClock.Instant
    ) -> Set<EndpointGroup> {
        guard answers != nil, known.configuration.endpoints != nil else { return [] }
        let new = known.askedNames.subtracting(before?.askedNames ?? [])
        untold.note(new, at: time)
        return new.isEmpty ? [] : new.intersection(known.loneNames)
    }

    /// Waits until nginx knows the endpoints of names that it has no others for: only then it serves.
    func awaitQuestions(for names: Set<EndpointGroup>, since start: ContinuousClock.Instant) async {
        guard let answers, !names.isEmpty else { return }
        // Where many are asked for at once, some questions are lost, and put again.
        let deadline = start + min(patience, .seconds(5) + .milliseconds(names.count))
        while !answers.untold(of: names, since: start).isEmpty, ContinuousClock.now < deadline {
            await pause(.milliseconds(2))
        }
    }

    /// What is wrong with the way in which nginx learns of endpoints.
    var endpointFindings: [Diagnostic] {
        guard let served, served.written.replacesNames else { return [] }
        return [.endpointsNotAsked(at: served.configuration.endpoints)]
    }

    /// The number of changes of endpoints since this was asked last.
    func takeEndpointChanges() -> Int {
        defer { endpointChanges = 0 }
        return endpointChanges
    }
}

extension KnownGeneration {
    /// The upstreams whose names nginx asks for.
    fileprivate var askingUpstreams: [Upstream] {
        configuration.upstreams.filter { !$0.names.isEmpty && written[$0.name]?.place != .insteadOfNames }
    }

    fileprivate var askedNames: Set<EndpointGroup> { Set(askingUpstreams.flatMap(\.names)) }

    /// The names beside which no endpoints stand.
    fileprivate var loneNames: Set<EndpointGroup> {
        Set(askingUpstreams.lazy.filter { written[$0.name] == nil }.flatMap(\.names))
    }
}

extension Diagnostic {
    fileprivate static func endpointsNotAsked(at lookup: EndpointLookup?) -> Diagnostic {
        let place = lookup?.servers.first.map { " at \($0)" } ?? ""
        return Diagnostic(
            .warning,
            code: "endpoints-not-asked",
            "nginx does not ask for endpoints\(place); they stand in its configuration, and each change of them takes a "
                + "reload",
            hint: "nginx must be in the network namespace of Postern; --endpoints reload asks for nothing else"
        )
    }
}
