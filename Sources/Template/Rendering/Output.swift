import Diagnostics

/// Where a rendering writes: the bytes so far, and the origins of their lines.
struct Output {
    private(set) var bytes: [UInt8] = []
    private(set) var origins = SourceMap()
    /// The stretches of the earlier output that stand in this one, in their order.
    private(set) var copies: [CopiedStretch] = []
    /// The number of line breaks so far.
    private(set) var newlines = 0
    /// A blank line is wanted before the next text, if that text wants one too.
    private(set) var blankIsPending = false
    /// The innermost origin at this place.
    private(set) var origin: ObjectReference?
    private var originHasChanged = false
    /// The earlier output, when the rendering is to use it.
    var recollection: Recollection?

    init() {}

    /// Makes room for a text like another one, and a little more.
    ///
    /// - Parameter spare: A text whose memory is taken where nobody else has it any more; nothing is left of it. It is
    ///   exchanged: of a parameter that is consumed the caller holds a copy for as long, and all of it would be made anew.
    init(likely text: RenderedText, in spare: inout [UInt8]) {
        swap(&bytes, &spare)
        bytes.removeAll(keepingCapacity: true)
        let length = text.bytes.count
        if bytes.capacity < length + length / 128 { bytes.reserveCapacity(length + length / 64) }
        origins = SourceMap(continuing: text.origins)
    }

    mutating func append(_ text: StaticText) {
        switch text.opening {
        case .line(let closesBlock): beginLine(closesBlock: closesBlock)
        case .word: break
        case .afterTag:
            if let first = text.bytes.first, first.isBlank || first == UInt8(ascii: ";") {
                trimTrailingSpaces()
                if first == UInt8(ascii: "\n"), lineIsEmpty {
                    return appendRest(of: text)
                }
            }
        }
        bytes.append(contentsOf: text.bytes)
        newlines += text.newlines
    }

    /// Appends a line with a directive that is printed but for its semicolon.
    mutating func appendDirective(_ text: [UInt8], indentation: Int) {
        beginLine(closesBlock: false)
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation))
        bytes.append(contentsOf: text)
        bytes.append(UInt8(ascii: ";"))
        bytes.append(UInt8(ascii: "\n"))
        newlines += 1
    }

    mutating func appendBlankLine() {
        blankIsPending = true
    }

    /// Appends an argument.
    mutating func append(_ write: (inout [UInt8]) -> Void) {
        write(&bytes)
    }

    /// Appends any number of arguments; none leave one space where they would stand, not two.
    mutating func appendList(_ write: (inout [UInt8]) -> Void) {
        let before = bytes.count
        write(&bytes)
        guard bytes.count == before, bytes.endsWithSpaceInLine else { return }
        bytes.removeLast()
        reviewCopies()
    }

    /// This place.
    var mark: OutputMark {
        OutputMark(
            byteCount: bytes.count,
            newlines: newlines,
            juncture: OutputMark.Juncture(
                blankIsPending: blankIsPending,
                originHasChanged: originHasChanged,
                mayPrecedeBlankLine: bytes.mayPrecedeBlankLine,
                endsLine: bytes.last == UInt8(ascii: "\n")
            )
        )
    }

    /// Appends whole lines of another rendering, as if they had been written here.
    mutating func append(_ text: RenderedText, from start: OutputMark, to end: OutputMark) {
        if end.byteCount > start.byteCount {
            // A blank line in front belongs where the line before it belongs.
            let first = start.newlines + (text.bytes[start.byteCount] == UInt8(ascii: "\n") ? 2 : 1)
            let shift = newlines - start.newlines
            origins.change(at: first + shift, to: text.origins[first])
            origins.append(text.origins.changes(after: first, upTo: end.newlines), movedBy: shift)
            note(CopiedStretch(start.byteCount..<end.byteCount, newStart: bytes.count))
            bytes.append(contentsOf: text.bytes[start.byteCount..<end.byteCount])
            newlines += end.newlines - start.newlines
        }
        blankIsPending = end.juncture.blankIsPending
        originHasChanged = end.juncture.originHasChanged
    }

    /// Sets the origin of the lines that `body` begins; `nil` leaves it as it is.
    mutating func withOrigin(_ inner: ObjectReference?, _ body: (inout Output) -> Void) {
        guard let inner else { return body(&self) }
        let outer = origin
        origin = inner
        originHasChanged = true
        body(&self)
        origin = outer
        originHasChanged = true
    }

    /// Ends the text.
    mutating func finish() -> RenderedText {
        origins.finish()
        origins.lineCount = newlines + (bytes.isEmpty || bytes.last == UInt8(ascii: "\n") ? 0 : 1)
        return RenderedText(bytes: bytes, origins: origins)
    }
}

extension Output {
    private mutating func note(_ copy: CopiedStretch) {
        guard !copies.isEmpty, copies[copies.count - 1].join(copy) else { return copies.append(copy) }
    }

    /// Forgets of the copies what has been taken back since.
    private mutating func reviewCopies() {
        while let last = copies.last, last.newEnd > bytes.count {
            copies.removeLast()
            if let rest = last.clamped(to: bytes.count) { return copies.append(rest) }
        }
    }

    private mutating func beginLine(closesBlock: Bool) {
        if blankIsPending {
            if !closesBlock, bytes.mayPrecedeBlankLine {
                bytes.append(UInt8(ascii: "\n"))
                newlines += 1
            }
            blankIsPending = false
        }
        if originHasChanged {
            origins.change(at: newlines + 1, to: origin)
            originHasChanged = false
        }
    }

    private var lineIsEmpty: Bool {
        bytes.last { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } ?? UInt8(ascii: "\n") == UInt8(ascii: "\n")
    }

    /// Goes on after a line that turned out to hold nothing: the line goes, with its indentation and its line break.
    private mutating func appendRest(of text: StaticText) {
        while let last = bytes.last, last != UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.endsWithBlankLine {
            bytes.removeLast()
            newlines -= 1
            blankIsPending = true
        }
        reviewCopies()
        originHasChanged = true
        guard text.bytes.count > 1 else { return }
        beginLine(closesBlock: false)
        bytes.append(contentsOf: text.bytes[1...])
        newlines += text.newlines - 1
    }

    private mutating func trimTrailingSpaces() {
        while bytes.endsWithSpaceInLine { bytes.removeLast() }
        reviewCopies()
    }
}

extension [UInt8] {
    /// A space or tab that separates, and is neither indentation nor escaped.
    fileprivate var endsWithSpaceInLine: Bool {
        guard count >= 2, self[count - 1] == UInt8(ascii: " ") || self[count - 1] == UInt8(ascii: "\t") else {
            return false
        }
        return !isIndentation(before: count - 1) && self[count - 2] != UInt8(ascii: "\\")
    }

    private func isIndentation(before end: Int) -> Bool {
        var index = end - 1
        while index >= 0, self[index] == UInt8(ascii: " ") || self[index] == UInt8(ascii: "\t") { index -= 1 }
        return index < 0 || self[index] == UInt8(ascii: "\n")
    }

    fileprivate var endsWithBlankLine: Bool {
        count >= 2 && self[count - 1] == UInt8(ascii: "\n") && self[count - 2] == UInt8(ascii: "\n")
    }

    /// Not the beginning, not after `{`, not after a blank line.
    fileprivate var mayPrecedeBlankLine: Bool {
        guard count >= 2 else { return !isEmpty }
        return !endsWithBlankLine && self[count - 2] != UInt8(ascii: "{")
    }
}
