import ArgumentParser
import Foundation

/// When output is in colour.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

/// The colours that text for people is written in; without any where they would be in the way.
struct Palette {
    let isColored: Bool

    static let plain = Palette(isColored: false)

    private init(isColored: Bool) { self.isColored = isColored }

    /// In colour by itself on a terminal that has colours, unless its user wants none (https://no-color.org).
    init(_ choice: ColorChoice, environment: [String: String] = ProcessInfo.processInfo.environment) {
        switch choice {
        case .always: isColored = true
        case .never: isColored = false
        case .auto:
            isColored =
                Terminal.isInteractive && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        }
    }

    /// A colour, as ECMA-48 numbers it.
    enum Color: String {
        case bold = "1"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case cyan = "36"
        case boldRed = "1;31"
    }

    func paint(_ text: String, _ color: Color?) -> String {
        guard isColored, let color, !text.isEmpty else { return text }
        return "\u{1B}[\(color.rawValue)m\(text)\u{1B}[m"
    }
}

extension Palette {
    /// The lines of a unified diff.
    func paint(unified text: String) -> String {
        guard isColored else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            paint(String(line), Self.color(ofDiffLine: line))
        }.joined(separator: "\n")
    }

    private static func color(ofDiffLine line: Substring) -> Color? {
        if line.hasPrefix("--- ") || line.hasPrefix("+++ ") { return .bold }
        if line.hasPrefix("@@ ") { return .cyan }
        if line.hasPrefix("-") { return .red }
        return line.hasPrefix("+") ? .green : nil
    }
}
