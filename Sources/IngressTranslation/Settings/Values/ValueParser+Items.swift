import Diagnostics

extension ValueParser {
    /// Reads items with commas between.
    ///
    /// A wrong item is left out and told by itself; a text without a good one is invalid as a whole, and told once.
    ///
    /// - Parameters:
    ///   - whole: Makes a value of at least one item.
    ///   - item: Reads an item without blanks at its ends; empty ones do not count.
    static func items<Item>(
        type: String,
        examples: [String],
        of noun: String,
        write: @escaping @Sendable (Value) -> String,
        whole: @escaping @Sendable ([Item], _ text: String) throws(ValueError) -> Value,
        item: @escaping @Sendable (String) throws(ValueError) -> Item
    ) -> ValueParser {
        ValueParser(
            type: type,
            examples: examples,
            write: write,
            leftOut: { ItemReading($0, item).leftOut },
            parse: { text throws(ValueError) in
                let reading = ItemReading(text, item)
                guard !reading.items.isEmpty else { throw reading.fault ?? ValueError(reason: "names no \(noun)") }
                return try whole(reading.items, text)
            }
        )
    }
}

/// The result of reading the items of a list.
private struct ItemReading<Item> {
    private(set) var items: [Item] = []
    private(set) var leftOut: [ValueError] = []

    /// The fault of a list in which every item is wrong; `nil` where there is none.
    var fault: ValueError? {
        guard let first = leftOut.first, leftOut.count > 1 else { return leftOut.first }
        return ValueError(reason: "\(first.reason), and no other item of it counts either")
    }

    init(_ text: String, _ read: (String) throws(ValueError) -> Item) {
        for piece in text.split(separator: ",") {
            let piece = String(piece.trimmed)
            guard !piece.isEmpty else { continue }
            do throws(ValueError) {
                items.append(try read(piece))
            } catch {
                leftOut.append(ValueError(reason: "names '\(piece.excerpt)', which \(error.reason)"))
            }
        }
    }
}
