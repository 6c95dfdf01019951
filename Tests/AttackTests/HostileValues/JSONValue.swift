/// A manifest as JSON, in which each place can be found and replaced.
indirect enum JSONValue: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    case text(String)
    case number(Int)
    case boolean(Bool)
    case list([JSONValue])
    case object([Entry])

    struct Entry: Sendable, Hashable {
        var key: String
        var value: JSONValue
    }

    /// The way to a value: the places in lists and objects from the outermost on.
    typealias Path = [Int]

    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int) { self = .number(value) }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
    init(arrayLiteral elements: JSONValue...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(elements.map(Entry.init)) }

    /// The ways to all values that hold no others.
    var leaves: [Path] {
        switch self {
        case .text, .number, .boolean: [[]]
        case .list(let items):
            items.enumerated().flatMap { index, item in item.leaves.map { [index] + $0 } }
        case .object(let entries):
            entries.enumerated().flatMap { index, entry in entry.value.leaves.map { [index] + $0 } }
        }
    }

    /// The ways to all values that have a key.
    var keyed: [Path] {
        switch self {
        case .text, .number, .boolean: []
        case .list(let items):
            items.enumerated().flatMap { index, item in item.keyed.map { [index] + $0 } }
        case .object(let entries):
            entries.enumerated().flatMap { index, entry in [[index]] + entry.value.keyed.map { [index] + $0 } }
        }
    }

    func replacing(_ path: Path, with new: JSONValue) -> JSONValue {
        change(path[...]) { entry in entry.value = new }
    }

    func replacingKey(_ path: Path, with key: String) -> JSONValue {
        change(path[...]) { entry in entry.key = key }
    }

    private func change(_ path: Path.SubSequence, _ body: (inout Entry) -> Void) -> JSONValue {
        guard let index = path.first else {
            var entry = Entry(key: "", value: self)
            body(&entry)
            return entry.value
        }
        switch self {
        case .text, .number, .boolean: return self
        case .list(var items):
            items[index] = items[index].change(path.dropFirst(), body)
            return .list(items)
        case .object(var entries):
            if path.count == 1 {
                body(&entries[index])
            } else {
                entries[index].value = entries[index].value.change(path.dropFirst(), body)
            }
            return .object(entries)
        }
    }
}

extension JSONValue: CustomStringConvertible {
    /// The text in which every character that is not ASCII, or does not print, is an escape.
    var description: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .number(let number): "\(number)"
        case .boolean(let value): "\(value)"
        case .list(let items): "[\(items.map(\.description).joined(separator: ", "))]"
        case .object(let entries):
            "{\(entries.map { "\(Self.quoted($0.key)): \($0.value)" }.joined(separator: ", "))}"
        }
    }

    private static func quoted(_ text: String) -> String {
        let units = text.utf16.map { unit -> String in
            if (0x20..<0x7F).contains(unit), unit != 0x22, unit != 0x5C { return String(UnicodeScalar(UInt8(unit))) }
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return "\"\(units.joined())\""
    }
}
