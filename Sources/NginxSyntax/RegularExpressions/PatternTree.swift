/// The parts of a pattern, as far as they matter for what it matches.
///
/// Whatever it cannot tell it leaves out: it serves to find texts that are likely to match nearly.
indirect enum PatternTree {
    /// Any of these bytes.
    case byte([UInt8])
    case sequence([PatternTree])
    case alternatives([PatternTree])
    /// `isLong` for a part that may stand there many times.
    case repeated(PatternTree, isLong: Bool)
    /// Stands for no text: `^`, `\b`, `(?!a)`.
    case nothing

    init(_ pattern: String) {
        var reader = PatternReader(Array(pattern.utf8))
        self = reader.alternatives()
    }

    /// Texts that the part matches, a few at the most and each a short one.
    var samples: [[UInt8]] {
        switch self {
        case .byte(let bytes): return bytes.map { [$0] }
        case .nothing: return [[]]
        case .repeated(let part, _): return part.samples
        case .alternatives(let parts):
            let each = parts.prefix(4).flatMap { $0.samples.prefix(1) }
            return each.count > 1 ? each + [Array(each.joined())] : each
        case .sequence(let parts):
            let samples = parts.map(\.samples)
            let first = samples.flatMap { $0.first ?? [] }
            let second = samples.flatMap { $0.dropFirst().first ?? $0.first ?? [] }
            return first == second ? [first] : [first, second]
        }
    }

    /// Each part that may stand there many times: what comes before it, and what it matches.
    func repetitions(after before: [UInt8] = []) -> [(before: [UInt8], sample: [UInt8])] {
        switch self {
        case .byte, .nothing: return []
        case .repeated(let part, let isLong):
            let own = isLong ? part.samples.filter { !$0.isEmpty }.map { (before: before, sample: $0) } : []
            return own + part.repetitions(after: before)
        case .alternatives(let parts): return parts.flatMap { $0.repetitions(after: before) }
        case .sequence(let parts):
            var (found, text): ([(before: [UInt8], sample: [UInt8])], [UInt8]) = ([], before)
            for part in parts {
                found += part.repetitions(after: text)
                text += part.samples.first ?? []
            }
            return found
        }
    }
}
