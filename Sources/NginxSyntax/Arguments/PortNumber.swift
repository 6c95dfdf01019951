/// A TCP or UDP port, 1 to 65535.
package struct PortNumber: DirectiveArgument, Comparable, CustomStringConvertible {
    package static var kind: ArgumentKind { .port }

    package let value: UInt16

    /// Returns `nil` outside of 1 to 65535.
    package init?(_ value: Int) {
        guard let value = UInt16(exactly: value), value > 0 else { return nil }
        self.value = value
    }

    private init(known value: UInt16) { self.value = value }

    package static let dns = PortNumber(known: 53)
    package static let http = PortNumber(known: 80)
    package static let https = PortNumber(known: 443)
    /// That of [OTLP/gRPC](https://opentelemetry.io/docs/specs/otlp/#otlpgrpc-default-port).
    package static let traceCollector = PortNumber(known: 4_317)
    package static let syslog = PortNumber(known: 514)

    package var description: String { "\(value)" }

    package func write(to output: inout [UInt8]) { output.append(decimal: Int(value)) }

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}
