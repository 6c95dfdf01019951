/// The elements of a list by their names, for lists that come one after another of which each differs little from the
/// one before.
public struct NamedElements<Name: Hashable & Sendable, Element: Equatable & Sendable>: Sendable {
    private var list: [Element] = []
    private var elements: [Name: Element] = [:]

    public init() {}

    /// Goes on to another list: what has changed is looked at, and what begins and ends both is not.
    ///
    /// - Parameter name: No two elements of a list have the same.
    public mutating func follow(_ list: [Element], by name: (Element) -> Name) {
        let stretch = DifferingStretch(from: self.list, to: list, by: ==)
        for element in self.list[stretch.old] { elements[name(element)] = nil }
        for element in list[stretch.new] { elements[name(element)] = element }
        self.list = list
    }

    public subscript(name: Name) -> Element? { elements[name] }
}
