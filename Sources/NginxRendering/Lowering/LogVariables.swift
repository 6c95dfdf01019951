import Diagnostics
import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `variable` in `location.tmpl` can name: a part of the Ingress that the log's format or a header names.
struct LogVariableContext: TemplateContext {
    static let name = "LogVariable"

    var variable: LogVariable
    var value: Expression

    static let fields: [TemplateField<Self>] = [
        .argument("name") { Identifier($0.variable.name) },
        .argument("value") { $0.value },
    ]
}

extension HTTPSettings {
    /// Those that something names.
    var namedVariables: [LogVariable] {
        let ofLog = log.format?.variables ?? []
        guard let ofSpans = tracing?.variables, !ofSpans.isEmpty else { return ofLog }
        return LogVariable.allCases.filter { ofLog.contains($0) || ofSpans.contains($0) }
    }
}

extension Location {
    /// The values of the variables, and of others of its own; empty where the location has no such part.
    func values(of shared: [LogVariable], and own: [LogVariable]) -> [LogVariableContext] {
        let variables = own.isEmpty ? shared : LogVariable.allCases.filter { shared.contains($0) || own.contains($0) }
        guard !variables.isEmpty else { return [] }
        let service = origin == nil ? nil : loggedBackend?.service
        return variables.map { variable in
            let text =
                switch variable {
                case .namespace: origin?.namespace ?? ""
                case .ingressName: origin?.name ?? ""
                case .serviceName: String(service?.name ?? "")
                case .servicePort: String(service?.port ?? "")
                case .locationPath: path.text
                }
            return LogVariableContext(variable: variable, value: Expression(literal: text) ?? .empty)
        }
    }
}

extension PathMatch {
    /// The path as a person would write it.
    fileprivate var text: String {
        switch self {
        case .exact(let path), .prefix(let path): path.value
        case .expression(let expression): expression.pattern
        }
    }
}
