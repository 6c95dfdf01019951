/// Which files are to be read again, and which not yet because somebody writes them.
///
/// It holds no clock and touches no file.
struct PendingChanges: Sendable {
    /// Files that may have other content than was read.
    enum Touched: Sendable, Hashable {
        case all
        case some(Set<FileName>)

        func contains(_ file: FileName) -> Bool {
            switch self {
            case .all: true
            case .some(let files): files.contains(file)
            }
        }
    }

    private var touched = Touched.some([])
    /// When each of them was last written to.
    private var writing: [FileName: ContinuousClock.Instant] = [:]

    /// Takes note of a file that somebody has opened for writing and not closed.
    mutating func begin(_ file: FileName, at now: ContinuousClock.Instant) {
        touch(file)
        writing[file] = now
    }

    /// Takes note of a file that is complete, or gone, or another one.
    mutating func end(_ file: FileName) {
        touch(file)
        writing[file] = nil
    }

    mutating func touch(_ file: FileName) {
        guard case .some(var files) = touched else { return }
        touched = .some([])
        files.insert(file)
        touched = .some(files)
    }

    /// Events are lost: every file may have changed, and nobody knows who still writes.
    mutating func touchAll() {
        touched = .all
        writing = [:]
    }

    /// Whether a file is to be read again.
    func isTouched(_ file: FileName) -> Bool { touched.contains(file) }

    func isBeingWritten(_ file: FileName) -> Bool { writing[file] != nil }

    /// Hands over the files to read; those that are being written stay for later.
    mutating func take() -> Touched {
        defer { touched = .some(Set(writing.keys)) }
        return touched
    }

    /// When the first of the files that are being written was last written to.
    var oldestWrite: ContinuousClock.Instant? { writing.values.min() }

    /// Stops waiting for files that nobody has written to since then; returns whether there were any.
    mutating func giveUp(since time: ContinuousClock.Instant) -> Bool {
        let count = writing.count
        writing = writing.filter { $0.value > time }
        return writing.count < count
    }
}
