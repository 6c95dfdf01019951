import Diagnostics
import NginxSyntax

extension GrammarChecker {
    /// How a directive or an entry reads its arguments.
    struct Reading {
        var name: String
        var count: ClosedRange<Int>
        var place: (_ index: Int, _ total: Int, _ literals: [String?]) -> ArgumentPlace

        init(_ syntax: DirectiveSyntax) {
            name = "'\(syntax.name)'"
            count = syntax.argumentCount
            place = { syntax.place(ofArgument: $0, of: $1, literalArguments: $2) }
        }

        init(
            name: String,
            count: ClosedRange<Int>,
            place: @escaping (_ index: Int, _ total: Int, _ literals: [String?]) -> ArgumentPlace
        ) {
            self.name = name
            self.count = count
            self.place = place
        }
    }

    mutating func check(_ directive: SpelledDirective, reads reading: Reading) {
        let variants = ArgumentVariants(directive.arguments, isList: isList)
        if variants.areTooMany {
            let message = "this directive has too many branches to check them all"
            return report("too-many-branches", message, at: directive.name.offset)
        }
        let hasLoops = directive.arguments.hasLoops
        for variant in variants.variants {
            let words = variant.words
            let literals = words.map(\.literal)
            for (index, word) in words.enumerated() {
                let place = reading.place(index, words.count, literals)
                // A literal beginning says already how nginx reads the word: `@{{ name }}`, `www.{{ name }}`.
                if word.literalBeginningDecides(place), index == 0 || place != .locationMatch { continue }
                check(word, at: place, name: reading.name)
            }
            // A list that fills a directive is taken to have elements.
            guard !variant.lacksList else { continue }
            let most = words.reduce(0) { $0 + mostArguments(of: $1) }
            checkCount(words.count...max(words.count, hasLoops ? .unbounded : most), of: directive, reading)
        }
    }

    func isList(_ word: Word) -> Bool {
        word.holes.contains { template.holes[$0.head.offset]?.isList ?? false }
    }

    private mutating func checkCount(_ count: ClosedRange<Int>, of directive: SpelledDirective, _ reading: Reading) {
        guard count.lowerBound < reading.count.lowerBound || count.upperBound > reading.count.upperBound else { return }
        let given =
            count.upperBound >= .unbounded
            ? "may have any number"
            : count.lowerBound == count.upperBound ? "has \(count.lowerBound)" : "may have \(count.upperBound)"
        let message = "\(reading.name) takes \(reading.count.argumentsDescription); this one \(given)"
        report("argument-count", message, at: directive.name.offset)
    }

    private func mostArguments(of word: Word) -> Int {
        word.holes.reduce(1) { most, hole in
            guard let type = template.holes[hole.head.offset] else { return most }
            return type.isList ? .unbounded : type.kind == .locationMatch ? 2 : most
        }
    }

    mutating func check(_ word: Word, at place: ArgumentPlace, name: String) {
        for hole in word.holes {
            guard let type = template.holes[hole.head.offset], type.kind != .comment, !place.accepts(type.kind) else {
                continue
            }
            let message = place.refusal(of: type, named: hole.description, by: name)
            report("argument-kind", message, at: hole.head.offset)
        }
    }
}

extension Word {
    /// Whether a value of plain characters after the beginning cannot change what kind of word this is.
    func literalBeginningDecides(_ place: ArgumentPlace) -> Bool {
        guard pieces.count > 1, case .literal(let beginning)? = pieces.first else { return false }
        return switch place {
        case .locationMatch, .serverName, .mapKey: !beginning.isEmpty && !"~\\*.=^\"'".contains(beginning.first ?? "~")
        case .literal, .evaluated, .parameter, .regularExpression: false
        }
    }
}

extension Int {
    /// Stands for any number; far from overflow when several are added.
    fileprivate static let unbounded = Int.max >> 16
}
