/// The lists of arguments that a directive can come to, depending on flags, optionals and lists.
struct ArgumentVariants {
    /// The arguments that one choice of branches gives.
    struct Variant {
        var words: [Word] = []
        /// A list has been left out, as if it were empty.
        var lacksList = false
    }

    let variants: [Variant]
    /// Whether there are more than can be checked.
    let areTooMany: Bool

    /// The most variants that are looked at.
    private static let limit = 4096
    /// Which lengths of a list are tried: past the third, no directive reads an argument unlike those before it.
    private static let listLengths = 0...4

    init(_ arguments: [Argument], isList: (Word) -> Bool) {
        guard let variants = Self.variants(of: arguments, isList) else {
            (self.variants, areTooMany) = ([], true)
            return
        }
        (self.variants, areTooMany) = (variants, false)
    }

    private static func variants(of arguments: [Argument], _ isList: (Word) -> Bool) -> [Variant]? {
        var variants = [Variant()]
        for argument in arguments {
            guard let endings = self.variants(of: argument, isList) else { return nil }
            guard variants.count * endings.count <= limit else { return nil }
            variants = variants.flatMap { variant in
                endings.map { Variant(words: variant.words + $0.words, lacksList: variant.lacksList || $0.lacksList) }
            }
        }
        return variants
    }

    private static func variants(of argument: Argument, _ isList: (Word) -> Bool) -> [Variant]? {
        switch argument {
        case .word(let word):
            isList(word) ? repetitions(of: Variant(words: [word])) : [Variant(words: [word])]
        case .repeated(let body):
            variants(of: body, isList)?.flatMap(repetitions)
        case .choice(let branches):
            branches.reduce([]) { all, branch in
                guard let all, let more = variants(of: branch, isList) else { return nil }
                return all + more
            }
        }
    }

    private static func repetitions(of variant: Variant) -> [Variant] {
        listLengths.map { length in
            Variant(
                words: Array(repeating: variant.words, count: length).flatMap(\.self),
                lacksList: variant.lacksList || length == 0
            )
        }
    }
}

extension [Argument] {
    /// Whether a loop adds any number of arguments.
    var hasLoops: Bool {
        contains { argument in
            switch argument {
            case .word: false
            case .repeated(let body): !body.isEmpty
            case .choice(let branches): branches.contains(where: \.hasLoops)
            }
        }
    }
}
