import Incremental

extension Array {
    /// As a loop, but without the iterator's types, which are looked up for each list in code for any `Element`.
    func forEachInTurn(_ body: (Element) -> Void) {
        var index = 0
        while index < count {
            body(self[index])
            index += 1
        }
    }
}

extension Output {
    /// Renders the elements of a list one after another; those that were in the latest rendering are copied.
    ///
    /// - Parameter memory: By what the lists within an element are remembered; `nil` where they are not.
    mutating func appendList<Element: Sendable & Equatable>(
        _ number: Int,
        _ elements: [Element],
        memory: (Element) -> ListMemory?,
        _ render: (Element, inout Output) -> Void
    ) {
        guard let recollection else {
            return elements.forEachInTurn { render($0, &self) }
        }
        let known = recollection.lists[number] as? RememberedList<Element> ?? RememberedList()
        let list = append(elements, like: known, in: recollection.text) { element, output in
            guard let own = memory(element) else { return render(element, &output) }
            output.remember(own, like: known.mark(of: own, memory)) { render(element, &$0) }
        }
        self.recollection?.newLists[number] = list
    }

    /// Renders a part whose lists are remembered.
    ///
    /// - Parameter start: Where the one in whose place it stands begins in the latest rendering.
    private mutating func remember(_ memory: ListMemory, like start: OutputMark?, _ render: (inout Output) -> Void) {
        let part = RememberingPart(memory: memory, start: mark, oldStart: start)
        recollection?.part = part
        render(&self)
        recollection?.part = nil
    }

    /// Renders the elements of a list within an element; those that were in the latest rendering are copied where the
    /// element remembers its lists.
    mutating func appendInnerList<Element: Sendable & Equatable>(
        _ number: Int,
        _ elements: [Element],
        _ render: (Element, inout Output) -> Void
    ) {
        guard let part = recollection?.part, let text = recollection?.text else {
            return elements.forEachInTurn { render($0, &self) }
        }
        // The lists of its elements are not remembered.
        recollection?.part = nil
        let (id, origin) = (ObjectIdentifier(part.memory), origin)
        let known: RememberedList<Element>? = part.oldStart.flatMap {
            recollection?.parts[id]?.list(number, from: $0, of: origin)
        }
        let list = append(elements, like: known ?? RememberedList(), in: text, render)
        recollection?.parts[id, default: RememberedPart(part.memory)]
            .keep(list, number, from: part.start, of: origin)
        recollection?.part = part
    }

    /// Renders elements, or copies them from a text in which they stood before.
    private mutating func append<Element: Sendable & Equatable>(
        _ elements: [Element],
        like known: RememberedList<Element>,
        in text: RenderedText,
        _ render: (Element, inout Output) -> Void
    ) -> RememberedList<Element> {
        if copy(known, ifItIs: elements, from: text) { return known }
        var list = RememberedList<Element>(elements: elements)
        list.marks.reserveCapacity(elements.count + 1)
        var matcher = ListMatcher(known.elements, elements)
        var index = 0
        while index < elements.count {
            let run = matcher.run(at: index)
            let copied = copy(run, of: known, from: text, &list.marks)
            index += copied
            guard copied < run.count || run.isEmpty else { continue }
            if !run.isEmpty { matcher.resume(behind: run.lowerBound + copied) }
            list.marks.append(mark)
            render(elements[index], &self)
            index += 1
        }
        list.marks.append(mark)
        return list
    }

    /// Copies a whole list of the latest rendering that is the same one in memory, and stands at the same place here.
    private mutating func copy<Element>(
        _ known: RememberedList<Element>,
        ifItIs elements: [Element],
        from text: RenderedText
    ) -> Bool {
        guard !elements.isEmpty, known.elements.sharesStorage(with: elements), known.marks.count > elements.count,
            known.marks[0] == mark, mark.juncture.endsLine, known.marks[elements.count].juncture.endsLine
        else { return false }
        append(text, from: known.marks[0], to: known.marks[elements.count])
        return true
    }

    /// Copies elements of the latest rendering, as far as they would come to the same here; returns how many.
    private mutating func copy(
        _ run: Range<Int>,
        of known: RememberedList<some Any>,
        from text: RenderedText,
        _ marks: inout [OutputMark]
    ) -> Int {
        guard !run.isEmpty, known.marks[run.lowerBound].juncture == mark.juncture, mark.juncture.endsLine else {
            return 0
        }
        let start = known.marks[run.lowerBound]
        // An element that ends within a line, or takes back what was written before it, is no whole one.
        var count = 0
        while count < run.count {
            let (before, after) = (known.marks[run.lowerBound + count], known.marks[run.lowerBound + count + 1])
            guard after.juncture.endsLine, before.byteCount <= after.byteCount else { break }
            count += 1
        }
        guard count > 0 else { return 0 }
        let here = mark
        for place in known.marks[run.lowerBound..<run.lowerBound + count] {
            marks.append(place.moved(from: start, to: here))
        }
        append(text, from: start, to: known.marks[run.lowerBound + count])
        return count
    }
}

extension RememberedList {
    /// Where the element with a memory begins; `nil` where there is none.
    fileprivate func mark(of memory: ListMemory, _ memoryOf: (Element) -> ListMemory?) -> OutputMark? {
        elements.firstIndex { memoryOf($0) === memory }.map { marks[$0] }
    }
}

/// Finds the elements of one list in another whose elements have mostly the same order.
private struct ListMatcher<Element: Equatable> {
    private let old: [Element]
    private let new: [Element]
    /// Where the next element of the new list is expected in the old one.
    private var cursor = 0

    /// How far around an element that is not found where it is expected it is looked for.
    private static var reach: Int { 16 }

    init(_ old: [Element], _ new: [Element]) {
        self.old = old
        self.new = new
    }

    /// The elements of the old list that are the next ones of the new one; empty where the next one is new.
    mutating func run(at index: Int) -> Range<Int> {
        guard cursor < old.count else { return 0..<0 }
        guard let start = old[cursor...].prefix(Self.reach).firstIndex(of: new[index]) else {
            // Who is not found has come, or stands in the place of one that has changed.
            let following = new[(index + 1)...].prefix(Self.reach)
            if !following.contains(old[cursor]) { cursor += 1 }
            return 0..<0
        }
        var end = start
        repeat {
            end += 1
            end += old.countOfSameBits(from: end, as: new, from: index + end - start)
        } while end < old.count && index + end - start < new.count && old[end] == new[index + end - start]
        cursor = end
        return start..<end
    }

    /// Goes on behind an element that was found, but could not be copied.
    mutating func resume(behind index: Int) { cursor = index + 1 }
}
