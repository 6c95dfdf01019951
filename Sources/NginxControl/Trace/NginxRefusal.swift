import Diagnostics

/// Why nginx does not take a configuration, in its own words.
struct NginxRefusal: Error, Hashable {
    /// The first fatal message, without the folder's path and the place; printable, and of bounded length.
    let words: String
    /// The line of `nginx.conf` that it names.
    let line: Int?
    /// Every text in double quotes that is a file below the folder, relative to it.
    let files: [String]
    /// The addresses that nginx could not listen on, in its words: `0.0.0.0:5432`.
    let unbound: [String]
    /// Whether nginx still tries to listen there.
    let isTrying: Bool

    private static let longest = 300
    private static let bindFailure = "bind() to "

    /// Reads what nginx wrote, if anything in it is fatal.
    init?(standardError: String, folder: String) {
        // It is asked while nginx reloads, again and again, and mostly there is nothing.
        guard !standardError.isEmpty, standardError.contains("[emerg]") || standardError.contains("[crit]"),
            standardError.split(separator: "\n").contains(where: { Self.isOf("emerg", $0) || Self.isOf("crit", $0) })
        else { return nil }
        self.init(ofEnded: standardError, folder: folder)
    }

    /// Reads what nginx wrote before it ended.
    init(ofEnded standardError: String, folder: String) {
        let lines = standardError.split(separator: "\n")
        let fatal = lines.first { Self.isOf("emerg", $0) } ?? lines.first { Self.isOf("crit", $0) } ?? lines.last
        var message = fatal.map(Self.message) ?? "nginx ended and said nothing"
        let place = " in \(folder)/nginx.conf:"
        // The last one is nginx's own: what stands before may quote somebody's text.
        if let range = message.ranges(of: place).last, let line = Int(message[range.upperBound...]) {
            self.line = line
            message = message[..<range.lowerBound]
        } else {
            line = nil
        }
        files = message.split(separator: "\"", omittingEmptySubsequences: false).compactMap { text in
            text.hasPrefix("\(folder)/") ? String(text.dropFirst(folder.count + 1)) : nil
        }
        let unbound = lines.filter { Self.isOf("emerg", $0) }.map(Self.message)
            .filter { $0.hasPrefix(Self.bindFailure) }
        self.unbound = unbound.map { String($0.dropFirst(Self.bindFailure.count).prefix { $0 != " " }) }
        isTrying =
            unbound.contains { $0.contains(" failed (98:") }
            && !lines.contains { Self.message($0).hasPrefix("still could not bind()") }
        words = Self.printable(message.replacing("\(folder)/", with: ""))
    }

    /// Whether a line is of a level: that stands in the first brackets, and what comes behind may quote somebody's text.
    private static func isOf(_ level: String, _ line: Substring) -> Bool {
        line.prefix { $0 != "]" }.hasSuffix("[\(level)")
    }

    /// The text behind the level and the numbers of process and thread: `2026/01/01 10:00:00 [emerg] 7#7: …`.
    private static func message(_ line: Substring) -> Substring {
        guard let level = line.firstRange(of: "] ") else { return line }
        let rest = line[level.upperBound...]
        let numbers = rest.prefix { $0.isNumber || $0 == "#" || $0 == "*" }
        let behind = rest[numbers.endIndex...]
        return !numbers.isEmpty && behind.hasPrefix(": ") ? behind.dropFirst(2) : rest
    }

    private static func printable(_ text: some StringProtocol) -> String {
        let scalars = text.unicodeScalars.prefix(longest)
        let escaped = String(String.UnicodeScalarView(scalars)).printable
        return scalars.endIndex == text.unicodeScalars.endIndex ? escaped : escaped + "…"
    }
}
