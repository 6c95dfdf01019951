extension [Argument] {
    /// The lists of arguments that the branches can come to, with one element for each loop.
    ///
    /// Past `limit` combinations the rest is left out: they differ in nothing that the first ones do not show.
    func variants(limit: Int = 64) -> [[Word]] {
        var lists: [[Word]] = [[]]
        for argument in self {
            let endings = argument.variants(limit: limit)
            lists = lists.flatMap { list in endings.map { list + $0 } }
            lists.removeLast(Swift.max(0, lists.count - limit))
        }
        return lists
    }

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

extension Argument {
    fileprivate func variants(limit: Int) -> [[Word]] {
        switch self {
        case .word(let word): [[word]]
        case .repeated(let body): body.variants(limit: limit)
        case .choice(let branches): branches.flatMap { $0.variants(limit: limit) }
        }
    }
}
