/// The latest rendering, from which the next one copies what has not changed.
///
/// It remembers what the loops of a template itself, and not of what it includes, made of each element. An element that
/// is equal to one of the latest rendering costs that comparison and its share of one copy. Which it is compared with
/// follows from the order: elements that come, change or go one by one are found, an order that is all another is not.
///
/// Of an element that has a ``ListMemory`` the loops within are remembered as well.
package struct PartCache: Sendable {
    /// Tells the compiled templates apart whose parts may be kept.
    final class Owner: Sendable {}

    private var owner: Owner?
    private(set) var text = RenderedText(bytes: [], origins: SourceMap())
    /// The text before the latest, whose memory the next one takes: for a long one the system would have to find and to
    /// clear new pages each time.
    var spare: [UInt8] = []
    /// The stretches of the latest rendering that stood in the one before it, in their order.
    package private(set) var copies: [CopiedStretch] = []
    /// By the number of the loop: `RememberedList` of its elements.
    private var lists: [Int: any RememberedElements] = [:]
    /// The lists within elements, by the identity of these elements' memories.
    private var parts: [ObjectIdentifier: RememberedPart] = [:]

    package init() {}

    /// How many elements are remembered.
    package var count: Int { lists.values.reduce(0) { $0 + $1.count } }

    /// How many elements are remembered whose lists are.
    package var partCount: Int { parts.count }

    /// The parts that a rendering may copy; none where the latest one was of another template.
    mutating func recall(for owner: Owner) -> Recollection {
        if self.owner !== owner {
            self = PartCache()
            self.owner = owner
        }
        for id in Array(parts.keys) where parts[id]?.isForgotten() ?? false { parts[id] = nil }
        return Recollection(text: text, lists: lists, parts: parts)
    }

    mutating func keep(_ text: RenderedText, copies: [CopiedStretch], _ recollection: Recollection) {
        // A part of a configuration may come after the whole.
        spare = self.text.bytes.count <= 2 * text.bytes.count ? self.text.bytes : []
        self.text = text
        self.copies = copies
        lists = recollection.newLists
        parts = recollection.parts
    }
}

/// The parts that one rendering may copy from the one before, and those that it leaves to the next.
struct Recollection {
    let text: RenderedText
    let lists: [Int: any RememberedElements]
    var newLists: [Int: any RememberedElements] = [:]
    /// The lists within elements: those of elements that are copied stay as they are.
    var parts: [ObjectIdentifier: RememberedPart]
    /// The element that is being rendered, where the lists within are remembered.
    var part: RememberingPart?

    init(text: RenderedText, lists: [Int: any RememberedElements], parts: [ObjectIdentifier: RememberedPart]) {
        self.text = text
        self.lists = lists
        self.parts = parts
    }
}

/// The output of a loop for its elements.
struct RememberedList<Element: Sendable>: RememberedElements {
    var elements: [Element] = []
    /// Where each element begins, and at last where the last one ends.
    var marks: [OutputMark] = []

    var count: Int { elements.count }
}

protocol RememberedElements: Sendable {
    var count: Int { get }
}
