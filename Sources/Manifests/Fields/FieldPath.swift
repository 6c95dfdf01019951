/// Where a reader is in an object.
///
/// Text is made of it only when somebody needs it.
struct FieldPath {
    enum Component {
        case key(String)
        /// A field that an old version of the API calls `written`, and the newest one `hub`.
        case renamed(hub: String, written: String)
        /// An item of a list: its place there, and its place among the items that are not left out.
        case index(Int, kept: Int)
        /// A key that is not an identifier, such as an annotation's.
        case entry(String)
    }

    private var components: [Component] = []

    var isEmpty: Bool { components.isEmpty }

    mutating func push(_ component: Component) {
        components.append(component)
    }

    mutating func pop() {
        components.removeLast()
    }

    /// The path with the names of the object's own version.
    var asWritten: String { text { component in component.written } }

    /// The path of what is read in the model: with the names of `networking.k8s.io/v1`, and without what is left out.
    var inHub: String { text { component in component.hub } }

    private func text(_ name: (Component) -> String) -> String {
        var text = ""
        for component in components {
            switch component {
            case .key, .renamed:
                if !text.isEmpty { text += "." }
                text += name(component)
            case .index, .entry:
                text += "["
                text += name(component)
                text += "]"
            }
        }
        return text
    }
}

extension FieldPath.Component {
    fileprivate var written: String {
        switch self {
        case .key(let name), .entry(let name), .renamed(_, let name): name
        case .index(let index, _): String(index)
        }
    }

    fileprivate var hub: String {
        switch self {
        case .renamed(let name, _): name
        case .index(_, let kept): String(kept)
        case .key, .entry: written
        }
    }
}
