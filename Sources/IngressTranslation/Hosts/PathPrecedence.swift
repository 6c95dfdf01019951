import NginxSyntax
import ProxyConfiguration
import Searching

/// The place of a path among the paths of its host.
///
/// Longest first, as ingress-nginx orders them; of one length Exact before Prefix before expressions. The prefix of
/// everything comes last: nginx asks it after every expression, however short.
private struct PathPrecedence {
    private let length: Int
    private let text: String
    private let rank: Int

    init(_ path: PathMatch) {
        switch path {
        case .exact(let path): (text, rank) = (path.value, 0)
        case .prefix(let path): (text, rank) = (path.value == "/" ? "" : path.value, 1)
        case .expression(let expression): (text, rank) = (expression.pattern, 2)
        }
        length = text.utf8.count
    }

    /// By bytes, since texts that are equal for Unicode may be different paths.
    func comes(before other: Self) -> Bool {
        if length != other.length { return length > other.length }
        if other.text.utf8.lexicographicallyPrecedes(text.utf8) { return true }
        return rank < other.rank && text.utf8.elementsEqual(other.text.utf8)
    }
}

extension [Location] {
    /// The same in order of precedence.
    ///
    /// Places are sorted and not the locations: a host may have thousands.
    var inOrderOfPrecedence: [Location] {
        map { PathPrecedence($0.path) }.withUnsafeBufferPointer { keys in
            keys.indices.sorted { keys[$0].comes(before: keys[$1]) }.map { self[$0] }
        }
    }

    /// The place that a path has in this order, or would have.
    func index(of path: PathMatch) -> Int {
        let place = PathPrecedence(path)
        return partitionPoint { PathPrecedence($0.path).comes(before: place) }
    }
}
