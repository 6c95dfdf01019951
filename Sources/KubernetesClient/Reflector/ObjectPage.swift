import YAML

/// One page of a list, as an API server sends it.
struct ObjectPage {
    var items: [Node]
    var resourceVersion: String
    /// Asks for the next page; `nil` on the last one.
    var next: String?

    /// Managed fields are half of an object, and nothing here needs them; nor does it what `kubectl` remembers.
    static let reader = JSONReader(skippedKeys: [
        "managedFields", "kubectl.kubernetes.io/last-applied-configuration",
    ])

    /// Throws ``APIError`` for what is no list: a part of one is never taken for the whole.
    init(_ body: [UInt8], of resource: APIResource) throws(APIError) {
        let root: Node
        do throws(JSONError) {
            root = try Self.reader.read(body)
        } catch {
            throw .unexpected("the list of \(resource.plural) is no JSON: \(error)")
        }
        guard root["kind"]?.text == "\(resource.kind)List", let metadata = root["metadata"],
            let resourceVersion = metadata["resourceVersion"]?.text, !resourceVersion.isEmpty
        else {
            throw .unexpected("the list of \(resource.plural) is no list")
        }
        switch root["items"]?.value {
        case .sequence(let items): self.items = items
        case .scalar(Scalar("null", isPlain: true)), nil: items = []
        default: throw .unexpected("the list of \(resource.plural) has items that are no list")
        }
        self.resourceVersion = resourceVersion
        next = metadata["continue"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    }
}
