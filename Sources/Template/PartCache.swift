/// The included parts of the latest rendering, by the values that they were rendered from.
///
/// A part whose value has not changed costs the hashing of that value and one comparison, so that a context which is
/// told from others by its name does best to hash nothing else. What a part includes is kept with it, and not by itself.
/// Parts that a rendering did not come across are dropped at its end.
package struct PartCache: Sendable {
    /// Tells the compiled templates apart whose parts may be kept.
    final class Owner: Sendable {}

    private struct Entry {
        var part: RenderedPart
        var rendering: Int
    }

    private var entries: [Key: Entry] = [:]
    private var owner: Owner?
    private var rendering = 0
    private var used = 0
    /// How many bytes the latest rendering has.
    private(set) var size = 0

    package init() {}

    /// How many parts are kept.
    package var count: Int { entries.count }

    /// Begins a rendering; parts of other templates are dropped.
    mutating func begin(for owner: Owner) {
        if self.owner !== owner {
            entries.removeAll()
            self.owner = owner
        }
        rendering += 1
        used = 0
    }

    /// Ends a rendering that came to so many bytes.
    mutating func end(size: Int) {
        self.size = size
        guard used < entries.count else { return }
        entries = entries.filter { $0.value.rendering == rendering }
    }

    mutating func use(_ key: Key) -> RenderedPart? {
        guard let index = entries.index(forKey: key) else { return nil }
        if entries.values[index].rendering != rendering {
            entries.values[index].rendering = rendering
            used += 1
        }
        return entries.values[index].part
    }

    mutating func keep(_ part: RenderedPart, for key: Key) {
        entries[key] = Entry(part: part, rendering: rendering)
        used += 1
    }
}

extension PartCache {
    /// A compiled part and the value that it is rendered from.
    struct Key: Hashable {
        let part: Int
        let context: any TemplateContext
        /// Kept, so that the value is hashed once.
        private let hash: Int

        init(part: Int, context: some TemplateContext) {
            self.part = part
            self.context = context
            hash = context.hashValue
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(part)
            hasher.combine(hash)
        }

        static func == (left: Self, right: Self) -> Bool {
            left.part == right.part && left.hash == right.hash && left.context.isEqual(to: right.context)
        }
    }
}

extension TemplateContext {
    fileprivate func isEqual(to other: any TemplateContext) -> Bool {
        (other as? Self) == self
    }
}
