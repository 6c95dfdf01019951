import Diagnostics

/// The identity by which the lists within a part are remembered from one rendering to the next.
///
/// For parts with very long lists: one that has changed copies what has not changed of these. It belongs to one part
/// at a time, which hands it on to the part that takes its place.
package final class ListMemory: Sendable {
    package init() {}
}

/// The part that is being rendered, whose lists are remembered.
struct RememberingPart {
    let memory: ListMemory
    /// Where it begins.
    let start: OutputMark
    /// Where the one in whose place it stands began in the latest rendering; `nil` where there was none.
    let oldStart: OutputMark?
}

/// The lists within a part, by the numbers of their loops.
struct RememberedPart: Sendable {
    private var memory: ListMemory
    /// With marks that count from where the part begins.
    private var lists: [Int: (list: any RememberedElements, origin: ObjectReference?)] = [:]

    init(_ memory: ListMemory) { self.memory = memory }

    /// Whether no part has the memory any more; not known while copies of this are about.
    mutating func isForgotten() -> Bool { isKnownUniquelyReferenced(&memory) }

    /// A list as it stood in a text in which the part begins at a place; `nil` where its lines would have another origin.
    func list<Element>(
        _ number: Int,
        from start: OutputMark,
        of origin: ObjectReference?
    ) -> RememberedList<Element>? {
        guard let known = lists[number], known.origin == origin, let list = known.list as? RememberedList<Element>
        else { return nil }
        return list.moved(from: .beginning, to: start)
    }

    mutating func keep<Element>(
        _ list: RememberedList<Element>,
        _ number: Int,
        from start: OutputMark,
        of origin: ObjectReference?
    ) {
        lists[number] = (list.moved(from: start, to: .beginning), origin)
    }
}

extension RememberedList {
    fileprivate func moved(from start: OutputMark, to new: OutputMark) -> Self {
        RememberedList(elements: elements, marks: marks.map { $0.moved(from: start, to: new) })
    }
}

extension OutputMark {
    fileprivate static let beginning = OutputMark(
        byteCount: 0,
        newlines: 0,
        juncture: Juncture(
            blankIsPending: false,
            originHasChanged: false,
            mayPrecedeBlankLine: false,
            endsLine: true
        )
    )
}
