/// The words between the braces of a tag or a hole.
struct Words {
    /// A name or a path, `=`, a quoted string with its quotes, or a character that stands for nothing.
    private(set) var words: [Name] = []

    init(_ range: Range<Int>, in source: SourceText) {
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            let byte = source.bytes[index]
            index += 1
            if byte.isBlank { continue }
            if byte == UInt8(ascii: "\"") {
                while index < range.upperBound, source.bytes[index] != byte { index += 1 }
                index = min(index + 1, range.upperBound)
            } else if byte.isPathByte {
                while index < range.upperBound, source.bytes[index].isPathByte { index += 1 }
            }
            words.append(Name(text: source.string(start..<index), offset: start))
        }
    }

    /// The whole, when it is one path.
    var onlyPath: Path? {
        words.count == 1 ? words[0].path : nil
    }

    /// The path before a `?`, when that is the whole.
    var optionalPath: Path? {
        guard words.count == 2, words[1].text == "?" else { return nil }
        return words[1].offset == words[0].offset + words[0].text.utf8.count ? words[0].path : nil
    }
}

extension Name {
    /// A name that a template may give to something.
    var isIdentifier: Bool {
        guard let first = text.utf8.first, first.isPathByte, first != UInt8(ascii: ".") else { return false }
        guard !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
        return text.utf8.allSatisfy { $0.isPathByte && $0 != UInt8(ascii: ".") }
    }

    /// The word read as a path of names.
    var path: Path? {
        var names: [Name] = []
        var start = offset
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            let name = Name(text: String(part), offset: start)
            guard name.isIdentifier else { return nil }
            names.append(name)
            start += part.utf8.count + 1
        }
        return Path(head: names[0], fields: Array(names.dropFirst()))
    }

    /// The text between the quotes, when the word is a quoted string.
    var unquoted: Name? {
        guard text.utf8.count > 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return nil }
        return Name(text: String(text.dropFirst().dropLast()), offset: offset + 1)
    }
}

extension UInt8 {
    fileprivate var isPathByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
