import NginxSyntax

/// Reads the text of an annotation, or of a key, as a value of one type.
struct ValueParser<Value>: Sendable {
    /// The type of a value, for people.
    let type: String
    /// Values that are taken, each another one, for documentation and for tests.
    let examples: [String]
    let parse: @Sendable (String) throws(ValueError) -> Value
    /// The parts of a text that do not count, and why.
    let leftOut: @Sendable (String) -> [ValueError]
    /// Writes a value as a person would.
    let write: @Sendable (Value) -> String

    init(
        type: String,
        examples: [String],
        write: @escaping @Sendable (Value) -> String = { "\($0)" },
        leftOut: @escaping @Sendable (String) -> [ValueError] = { _ in [] },
        parse: @escaping @Sendable (String) throws(ValueError) -> Value
    ) {
        (self.type, self.examples, self.write) = (type, examples, write)
        (self.leftOut, self.parse) = (leftOut, parse)
    }
}

extension ValueParser<Bool> {
    /// Reads the texts that Go's `strconv.ParseBool` takes, as ingress-nginx does; it takes an empty key for false as
    /// well.
    static let bool = ValueParser(type: "bool", examples: ["true", "false"]) { text throws(ValueError) in
        switch text {
        case "1", "t", "T", "TRUE", "true", "True": return true
        case "0", "f", "F", "FALSE", "false", "False", "": return false
        default: throw ValueError(reason: "is neither true nor false")
        }
    }
}

extension ValueParser<Int> {
    /// Whole seconds, not below zero.
    static let seconds = ValueParser(type: "seconds", examples: ["10", "3600"]) { text throws(ValueError) in
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let seconds = Int(text), seconds <= 1 << 31
        else {
            // Many write it as nginx's directive has it; ingress-nginx takes the default then, and tells nobody.
            let isTime = TimeSpan(text) != nil
            throw ValueError(reason: "is no number of seconds\(isTime ? ", which has no unit" : "")")
        }
        return seconds
    }
}

extension ValueParser<StatusCode> {
    /// The redirects that ingress-nginx allows.
    static let redirectStatus = status(among: [.movedPermanently, .found, .temporaryRedirect, .permanentRedirect])

    /// One of at least two.
    static func status(among allowed: [StatusCode]) -> ValueParser {
        let words = allowed.map(\.description)
        let last = words.last ?? ""
        let first = words.dropLast().joined(separator: ", ")
        return ValueParser(type: "\(first) or \(last)", examples: ["301", "307"]) { text throws(ValueError) in
            guard let status = allowed.first(where: { $0.description == text }) else {
                throw ValueError(reason: "is none of \(first) and \(last)")
            }
            return status
        }
    }
}

extension ValueParser<[String]> {
    /// Texts with commas between them; spaces around them, and those that are empty, do not count.
    static let list = ValueParser(type: "list", examples: ["/a", "/a,/b"], write: { $0.joined(separator: ",") }) {
        text throws(ValueError) in
        text.split(separator: ",").map { item in
            let end = item.lastIndex { $0 != " " }.map(item.index(after:)) ?? item.startIndex
            return String(item[..<end].drop { $0 == " " })
        }.filter { !$0.isEmpty }
    }
}

extension UInt8 {
    /// Letters, digits and `- . _ ~ / :`, the characters that ingress-nginx allows in paths of annotations.
    var isPathCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "-")...UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
