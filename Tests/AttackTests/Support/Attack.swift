import Foundation

/// How much of each attack is carried out: what ends in a minute, or all of it with `make attack`.
enum Attack {
    static let isWhole = ProcessInfo.processInfo.environment["POSTERN_ATTACK"] == "whole"

    /// Returns how many times something hostile is tried.
    static func count(_ usual: Int, whole: Int) -> Int { isWhole ? whole : usual }
}
