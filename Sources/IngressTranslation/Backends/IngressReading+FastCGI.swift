import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension IngressReading {
    /// The settings of the Ingress with the parameters that a ConfigMap of its namespace holds, where it speaks FastCGI and
    /// names one.
    ///
    /// A parameter may say what a program must not do, so that the paths are closed where the ConfigMap cannot be used.
    mutating func addingFastCGIParameters(
        to settings: ByReference<IngressSettings>,
        prefix: String
    ) -> ByReference<IngressSettings> {
        let gateway = settings.value.values.gateway
        guard gateway.spoken == .fastCGI else {
            guard !settings.value.values.canary.isOn else { return settings }
            diagnostics += GatewayProtocols.fastCGINames.compactMap { name in
                let key = "\(prefix)/\(name)"
                return ingress.metadata.annotations[key].map { _ in fastCGINotSpoken(name, gateway.spoken, at: key) }
            }
            return settings
        }
        guard let text = gateway.fastCGIParametersName else { return settings }
        var values = settings.value.values
        if let parameters = fastCGIParameters(
            named: text,
            within: values.gates.reach,
            at: "\(prefix)/fastcgi-params-configmap"
        ) {
            values.gateway.fastCGIParameters = parameters
        } else {
            values.unhonoured.append("fastcgi-params-configmap")
        }
        return ByReference(IngressSettings(values, given: settings.value.given, over: settings.value))
    }

    /// Returns `nil` for a ConfigMap that cannot be used.
    private mutating func fastCGIParameters(
        named text: String,
        within reach: NamespaceReach,
        at key: String
    ) -> FastCGIParameters? {
        content(
            ofConfigMap: text,
            within: reach,
            namedBy: key,
            for: "parameters",
            unnamed: parametersElsewhere(text, at: key),
            consequence: "the paths of the Ingress answer 503",
            none: FastCGIParameters()
        ) { map throws(ValueError) in
            try FastCGIParameters(reading: map)
        }
    }

    private func fastCGINotSpoken(_ name: String, _ spoken: BackendProtocol, at key: String) -> Diagnostic {
        ingress.finding(
            .note,
            "fastcgi-not-spoken",
            "'\(name)' has no effect: 'backend-protocol' is \(spoken.name), and not FCGI",
            at: "metadata.annotations[\(key)]"
        )
    }

    private func parametersElsewhere(_ text: String, at key: String) -> Diagnostic {
        ingress.finding(
            .error,
            "configmap-of-another-namespace",
            "'fastcgi-params-configmap' names '\(text.excerpt)', which is no ConfigMap of namespace "
                + "'\(ingress.metadata.namespace)'; the paths of the Ingress answer 503",
            at: "metadata.annotations[\(key)]"
        )
    }
}

extension FastCGIParameters {
    /// The parameters that a ConfigMap holds: a name and a value for each key.
    fileprivate init(reading map: ConfigMap) throws(ValueError) {
        var parameters: [FastCGIParameter] = []
        for (key, value) in map.data.sorted(by: { $0.key < $1.key }) {
            do throws(ValueError) {
                let parts = try Expression.parts(of: value, .ofParameters) { (0x20..<0x7F).contains($0) }
                guard let expression = Expression(parts: parts) else { throw ValueError(reason: "is too long") }
                parameters.append(FastCGIParameter(try Identifier(parameter: key), expression))
            } catch {
                throw ValueError(reason: "'\(key.excerpt)' \(error.reason)")
            }
        }
        self.init(parameters)
    }
}

extension Identifier {
    fileprivate init(parameter text: String) throws(ValueError) {
        guard let name = Identifier(text) else { throw ValueError(reason: "is no name of a parameter") }
        // nginx looks for the headers that parameters stand for in a table with room for names of this length.
        guard text.utf8.count <= 46 + "HTTP_".utf8.count else { throw ValueError(reason: "is longer than 51 bytes") }
        self = name
    }
}
