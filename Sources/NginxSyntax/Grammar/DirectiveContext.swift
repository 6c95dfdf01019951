/// The blocks that directives stand in.
package enum DirectiveContext: String, Sendable, Hashable, CaseIterable {
    /// The file itself, outside of all blocks.
    case main
    case events
    case http
    case server
    case location
    case upstream
    case ifInServer
    case ifInLocation
    /// `limit_except`.
    case limitExcept
    /// The bodies of `map`, `geo`, `split_clients` and `types`, of HTTP and of stream, and that of `geoip2`.
    case map
    case geo
    case splitClients
    case types
    case geoip2
    /// `otel_exporter`.
    case otelExporter = "otel_exporter"
    case stream
    case streamServer
    case streamUpstream

    /// How the entries of a free-form body are read; `nil` for blocks of directives.
    package var entry: DirectiveEntry? {
        switch self {
        case .map: DirectiveEntry(key: .mapKey, values: .evaluated, count: 1...1)
        case .geo: DirectiveEntry(key: .literal, values: .literal, count: 1...1)
        case .splitClients: DirectiveEntry(key: .literal, values: .literal, count: 1...1)
        case .types: DirectiveEntry(key: .literal, values: .literal, count: 1...Int.max)
        // A variable, and where in what is found its value stands.
        case .geoip2: DirectiveEntry(key: .literal, values: .parameter, count: 1...Int.max)
        default: nil
        }
    }
}

/// One line of a free-form body: `default 0;` in `map`, `10.0.0.0/8 1;` in `geo`.
package struct DirectiveEntry: Sendable, Hashable {
    package let key: ArgumentPlace
    package let values: ArgumentPlace
    /// How many values follow the key.
    package let count: ClosedRange<Int>
}
