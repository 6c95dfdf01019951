package import NginxSyntax

/// The requests that are logged, and what the log has of each.
package struct AccessLog: Sendable, Hashable {
    package var isOn = true
    /// `nil` leaves it to ``ProcessSettings/accessLog``.
    package var destination: LogDestination?
    /// `nil` logs what ingress-nginx does.
    package var format: LogFormat?
    /// How values are escaped; `nil` leaves it to nginx, which escapes quotes and control characters.
    package var escaping: Escaping?
    package var buffering: Buffering?
    /// URIs with their arguments that are not logged.
    package var unloggedURIs: [MapKey] = []
    /// Whether requests to authentication services are logged as well.
    package var logsQuestions = false
    /// Whether requests are logged that no Ingress names.
    package var logsUnmatched = false

    package init() {}

    package enum Escaping: String, Sendable, Hashable {
        case json
        case none
    }

    /// How lines are gathered before they are written.
    ///
    /// See [access_log](https://nginx.org/en/docs/http/ngx_http_log_module.html#access_log).
    package struct Buffering: Sendable, Hashable {
        package var size: ByteSize?
        package var flush: TimeSpan?
        package var compression: Number?

        package init(size: ByteSize? = nil, flush: TimeSpan? = nil, compression: Number? = nil) {
            (self.size, self.flush, self.compression) = (size, flush, compression)
        }
    }
}

/// A line of the access log.
package struct LogFormat: Sendable, Hashable {
    package var text: Expression

    package init(_ text: Expression) { self.text = text }

    /// The facts about the Ingress that it names, which locations must set.
    package var variables: [LogVariable] {
        LogVariable.named(in: [text])
    }
}

/// A part of an Ingress that a text can name, under the name that it has in ingress-nginx.
package enum LogVariable: String, Sendable, Hashable, CaseIterable {
    case namespace
    case ingressName = "ingress_name"
    case serviceName = "service_name"
    case servicePort = "service_port"
    case locationPath = "location_path"

    package var name: VariableName {
        guard let name = VariableName(rawValue) else { preconditionFailure("no variable is named '\(rawValue)'") }
        return name
    }

    /// The parts that texts name, in the order of their cases.
    package static func named(in texts: [Expression]) -> [LogVariable] {
        allCases.filter { part in texts.contains { $0.parts.contains(.variable(part.name)) } }
    }
}
