import Diagnostics

/// Origins by numbers, which stay the same in the tables that continue a table.
///
/// What another table has is shared with it, and not copied: it is much more than what is new.
struct OriginTable: Sendable {
    typealias Number = Int32

    /// The origins that one table has added to those before.
    private final class Shelf: Sendable {
        let start: Int
        let origins: [ObjectReference]

        init(start: Int, _ origins: [ObjectReference]) {
            (self.start, self.origins) = (start, origins)
        }
    }

    private var shelves: [Shelf] = []
    private var newStart = 0
    private var new: [ObjectReference] = []

    var count: Int { newStart + new.count }

    init() {}

    init(continuing other: OriginTable) {
        shelves = other.shelves
        newStart = other.count
        if !other.new.isEmpty { shelves.append(Shelf(start: other.newStart, other.new)) }
        if shelves.count > Self.mostShelves { join() }
    }

    /// So few that they are gone through.
    private static let mostShelves = 16

    private mutating func join() {
        shelves = [Shelf(start: 0, shelves.flatMap(\.origins))]
    }

    subscript(number: Number) -> ObjectReference {
        let index = Int(number)
        if index >= newStart { return new[index - newStart] }
        // The first has nearly all.
        guard let shelf = shelves.last(where: { $0.start <= index }) else { preconditionFailure("no origin \(number)") }
        return shelf.origins[index - shelf.start]
    }

    mutating func number(for origin: ObjectReference) -> Number {
        new.append(origin)
        return Number(count - 1)
    }
}
