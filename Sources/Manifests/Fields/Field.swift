/// The result of reading a field that an object may have.
enum Field<Value> {
    /// Not there, or null, which Kubernetes takes for the same.
    case absent
    /// There, but of no use, for which a diagnostic says why.
    case refused
    case value(Value)

    var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }

    var isRefused: Bool {
        if case .refused = self { true } else { false }
    }
}
