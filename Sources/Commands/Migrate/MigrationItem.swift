import Diagnostics

/// How something of ingress-nginx is served by Postern, the least trouble first.
enum MigrationVerdict: Int, Comparable, CaseIterable {
    /// As in ingress-nginx.
    case identical
    /// It has no effect, and nothing is lost by that.
    case needless
    /// It has its effect, with a difference.
    case different
    /// Somebody has to do something about it before the cut-over.
    case missing

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The word for programs.
    var name: String {
        switch self {
        case .identical: "identical"
        case .needless: "needless"
        case .different: "different"
        case .missing: "missing"
        }
    }

    /// The words for people.
    var words: String {
        switch self {
        case .identical: "same"
        case .needless: "no effect"
        case .different: "differs"
        case .missing: "needs work"
        }
    }
}

/// A verdict with its reason, and what to do about it.
struct MigrationOpinion: Hashable {
    var verdict: MigrationVerdict
    /// What is different, or why it has no effect.
    var reason: String?
    var advice: String?

    static let identical = MigrationOpinion(verdict: .identical)
}

/// The place that uses something of ingress-nginx.
struct MigrationPlace: Hashable {
    /// Such as `Ingress shop/web`.
    var object: String
    /// `nil` for an object of an API server.
    let position: SourcePosition?

    init(object: String, position: SourcePosition?) {
        self.object = object
        self.position = position?.file == ClusterInput.fileName ? nil : position
    }

    /// The object, with its place behind it.
    var named: String { position == nil ? object : "\(object)  \(text)" }

    /// `web.yaml:8`, or the object where there is no file.
    var text: String { position.map { "\($0.file):\($0.line)" } ?? object }
}

/// An annotation, a key, a flag or a port of ingress-nginx in use, and what becomes of it.
struct MigrationItem {
    var name: String
    var opinion: MigrationOpinion
    /// Each place that uses it.
    var places: [MigrationPlace]
    /// The routes that it is set for, where they are told apart.
    var routes: [String] = []

    var verdict: MigrationVerdict { opinion.verdict }
}

extension [MigrationItem] {
    /// Those first that need work, of these the most frequent ones.
    var inOrder: [MigrationItem] {
        sorted { left, right in
            left.verdict == right.verdict
                ? (right.places.count, left.name, left.opinion.reason ?? "")
                    < (left.places.count, right.name, right.opinion.reason ?? "")
                : left.verdict > right.verdict
        }
    }
}
