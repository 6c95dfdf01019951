/// Which objects of a resource a request is about.
struct FakeSelection: Sendable {
    private let namespace: String?
    private let name: String?

    /// - Parameter namespace: `nil` for those of all namespaces.
    init(_ request: FakeRequest, in namespace: String?) {
        self.namespace = namespace
        let selector = request.query["fieldSelector"] ?? ""
        let key = "metadata.name="
        name = selector.hasPrefix(key) ? String(selector.dropFirst(key.count)) : nil
    }

    func includes(_ namespace: String, _ name: String) -> Bool {
        (self.namespace ?? namespace) == namespace && (self.name ?? name) == name
    }
}
