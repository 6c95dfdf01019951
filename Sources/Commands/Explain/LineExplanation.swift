import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxRendering
import NginxSyntax
import Template

/// What a line of `nginx.conf` stands in, and what it comes from.
struct LineExplanation {
    /// A block around the line, or what stands there.
    struct Part: Encodable {
        var text: String
        var lines: String
        /// The object that it is there for.
        var origin: String?
        var place: String?
    }

    struct Reason: Encodable {
        var text: String
        var place: String?
        /// What would stand there without it; `nil` where nothing would.
        var otherwise: String?
        /// Whether others bring the same line, so that it would stay.
        var isShared = false
    }

    let line: Int
    let text: String
    private(set) var parts: [Part]
    private(set) var reasons: [Reason] = []

    /// Returns `nil` where the configuration has no such line.
    init?(of line: Int, in result: Pipeline.Result, by pipeline: Pipeline) {
        let index = ConfigurationIndex(result.generation)
        guard (1...max(1, index.lineCount)).contains(line) else { return nil }
        self.line = line
        text = index.text(of: line)
        let chain = index.chain(at: line)
        let places = Dictionary(
            result.snapshot.ingresses.compactMap { ingress in
                ingress.reference.map { ($0, ingress.metadata.source?.position) }
            }
        ) { first, _ in first }
        let origins = result.generation.origins
        parts = chain.map { directive in
            let origin = origins[directive.line]
            let place = origin.flatMap { places[$0] ?? nil }.map { "\($0.file):\($0.line)" }
            let lines = index.range(of: directive).words
            return Part(text: directive.words, lines: lines, origin: origin?.description, place: place)
        }
        // A comment, a blank line and a brace come from what the block around them comes from.
        guard !chain.isEmpty else { return }
        let address = ConfigurationAddress(chain)
        var search = CauseSearch(of: address, in: result, by: pipeline)
        reasons = search.reasons(origin: origins[line])
    }
}

/// A directive by the blocks around it and its words, wherever it stands.
struct ConfigurationAddress: Hashable {
    struct Element: Hashable {
        var name: String
        var arguments: [String]
    }

    /// From the outermost block to the directive.
    let elements: [Element]

    /// Whether it is of ports of TCP or UDP, or of TLS that is passed on.
    var isOfStream: Bool { elements.first?.name == "stream" }

    init(_ chain: [Directive]) {
        elements = chain.map { Element(name: $0.name, arguments: $0.name == "server" ? $0.serverNames : $0.arguments) }
    }

    /// How often it stands in a configuration.
    func count(in directives: [Directive]) -> Int {
        found(in: directives).count
    }

    /// Where it stands in a configuration.
    func found(in directives: [Directive]) -> [Directive] {
        guard let last = elements.last else { return [] }
        return neighbours(in: directives).filter { $0.isMeant(by: last) }
    }

    /// What else stands in its place: the directives of the same name in the same block.
    func others(in directives: [Directive]) -> [String] {
        guard let last = elements.last else { return [] }
        return neighbours(in: directives).filter { $0.name == last.name && !$0.isMeant(by: last) && $0.block == nil }
            .map(\.words)
    }

    private func neighbours(in directives: [Directive]) -> [Directive] {
        elements.dropLast().reduce(directives) { level, element in
            level.filter { $0.isMeant(by: element) }.flatMap { $0.block ?? [] }
        }
    }
}

extension Directive {
    /// Servers have no arguments; their names tell them apart, or where they listen.
    fileprivate var serverNames: [String] {
        guard arguments.isEmpty, let block else { return arguments }
        let place = block.first { $0.name == "server_name" } ?? block.first { $0.name == "listen" }
        return place?.arguments ?? []
    }

    fileprivate func isMeant(by element: ConfigurationAddress.Element) -> Bool {
        name == element.name && (name == "server" ? serverNames : arguments) == element.arguments
    }

    /// The directive as a person would write it, without what stands in its block.
    var words: String {
        let names = name == "server" && block != nil ? serverNames.map { "(\($0))" } : arguments
        return ([name] + names.map { $0.isEmpty ? "\"\"" : $0 }).joined(separator: " ")
    }
}

/// Looks for what a directive comes from, by leaving out one thing after another.
struct CauseSearch {
    private let address: ConfigurationAddress
    private let snapshot: ClusterSnapshot
    private let pipeline: Pipeline
    private let count: Int
    private let others: [String]
    private var translations = TranslationCache()
    private var renderings = RenderingCache()

    init(of address: ConfigurationAddress, in result: Pipeline.Result, by pipeline: Pipeline) {
        self.address = address
        snapshot = result.snapshot
        self.pipeline = pipeline
        let directives = ConfigurationIndex(result.generation).directives
        count = address.count(in: directives)
        others = address.others(in: directives)
    }

    /// - Parameter origin: The object that the line is there for, as far as that is known.
    mutating func reasons(origin: ObjectReference?) -> [LineExplanation.Reason] {
        var ingress = origin
        if origin?.kind != Ingress.kind { ingress = ingressThatNeeds() }
        var variations = ingress.map { snapshot.withoutSettings(of: $0, pipeline.settings) } ?? []
        variations += snapshot.withoutKeys(pipeline.settings, ofPorts: address.isOfStream)
        let reasons = variations.compactMap { reason($0) }
        guard reasons.isEmpty else { return reasons }
        if let reason = ingress.flatMap(snapshot.without).flatMap({ reason($0) }) { return [reason] }
        guard !isThere(with: []) else { return address.isOfStream ? reasonsOfPorts() : [] }
        // Of several that bring it no one is the reason.
        guard let one = ingressThatNeeds().flatMap(snapshot.without)?.cause else {
            return [LineExplanation.Reason(text: "several Ingresses together", isShared: true)]
        }
        return [LineExplanation.Reason(text: one.fullText, place: one.place, isShared: true)]
    }

    /// The reason of what is there for several ports; none where it is always there.
    private mutating func reasonsOfPorts() -> [LineExplanation.Reason] {
        var part = snapshot.withoutPorts(pipeline.settings)
        part.ingresses = []
        guard address.count(in: directives(of: part)) == 0 else { return [] }
        return [LineExplanation.Reason(text: "several ports of TCP and UDP together", isShared: true)]
    }

    private mutating func reason(_ variation: Variation) -> LineExplanation.Reason? {
        let directives = directives(of: variation.snapshot)
        guard address.count(in: directives) < count else { return nil }
        let rest = address.others(in: directives).filter { !others.contains($0) }
        return LineExplanation.Reason(
            text: variation.cause.fullText,
            place: variation.cause.place,
            otherwise: rest.isEmpty ? nil : rest.joined(separator: "; ")
        )
    }

    /// One of the Ingresses without any of which the directive would not be there; `nil` where it always is.
    private mutating func ingressThatNeeds() -> ObjectReference? {
        var candidates = snapshot.ingresses
        guard !isThere(with: []), !candidates.isEmpty else { return nil }
        while candidates.count > 1 {
            let half = Array(candidates.prefix(candidates.count / 2))
            candidates = isThere(with: half) ? half : Array(candidates.dropFirst(half.count))
        }
        // Two may be needed together, of which none is the one.
        return isThere(with: candidates) ? candidates.first?.reference : nil
    }

    private mutating func isThere(with ingresses: [Ingress]) -> Bool {
        var part = snapshot
        part.ingresses = ingresses
        return address.count(in: directives(of: part)) > 0
    }

    private mutating func directives(of snapshot: ClusterSnapshot) -> [Directive] {
        let translation = translate(snapshot, with: pipeline.settings, cache: &translations)
        let generation = pipeline.renderer.render(translation.configuration, cache: &renderings)
        return ConfigurationIndex(generation).directives
    }
}
