import NginxRendering
import NginxSyntax
import ProxyConfiguration

/// What is needed to say where the steps of an explanation stand.
struct ExplanationSources {
    let index: ConfigurationIndex
    /// The causes of a route's traits.
    let causes: (Route) -> TraitCauses
}

extension ExplanationSources {
    init(_ result: Pipeline.Result, _ pipeline: Pipeline, _ table: RouteTable) {
        index = ConfigurationIndex(result.generation)
        causes = { TraitCauses(of: $0, in: table, result.snapshot, pipeline.settings) }
    }
}

extension Explanation {
    /// Says of each step where it stands in `nginx.conf`, and of each trait what it comes from.
    mutating func place(
        _ request: Request,
        _ server: VirtualServer,
        in table: RouteTable,
        _ sources: ExplanationSources
    ) {
        let index = sources.index
        guard let block = index.server(server.host) else { return }
        let location = route.flatMap { index.location($0.location.path, for: request.target, in: block) }
        let causes = route.flatMap { $0.location.origin == nil || $0.location.standsForNone ? nil : sources.causes($0) }
        for number in steps.indices {
            switch steps[number].part {
            case .server: steps[number].lines = index.range(of: block).words
            case .location(let path):
                let lines = index.location(path, for: request.target, in: block).map { index.range(of: $0).words }
                steps[number].lines = lines
            case .trait(let kind):
                guard let location else { continue }
                steps[number].lines = index.lines(of: kind, in: location, of: block)?.words
                guard let found = causes?[kind], !found.isEmpty else { continue }
                steps[number].causes = found.map { $0.object == route?.location.origin ? $0.text : $0.fullText }
                steps[number].place = found.compactMap(\.place).joined(separator: ", ")
            case .upstream(let name):
                steps[number].lines = index.upstream(name).map { index.range(of: $0).words }
            case .passthrough:
                steps[number].lines = index.passed(server.host).map { index.range(of: $0).words }
                // All routes of the host have the trait.
                let found =
                    table.routes.first { $0.server.host == server.host }
                    .map { sources.causes($0)[.passthrough] } ?? []
                guard !found.isEmpty else { continue }
                steps[number].causes = found.map { $0.object == passed?.origin ? $0.text : $0.fullText }
                steps[number].place = found.compactMap(\.place).joined(separator: ", ")
            case .streamUpstream(let name):
                steps[number].lines = index.streamUpstream(name).map { index.range(of: $0).words }
            case nil: break
            }
        }
    }
}

extension ClosedRange<Int> {
    /// `12`, or `12-15`.
    var words: String { lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound)-\(upperBound)" }
}
