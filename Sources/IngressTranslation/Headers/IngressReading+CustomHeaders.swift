import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension IngressReading {
    /// The settings of the Ingress with the headers that a ConfigMap of its namespace holds, where it names one.
    ///
    /// As with ingress-nginx, the paths are closed where that cannot be used.
    mutating func addingCustomHeaders(
        to settings: ByReference<IngressSettings>,
        prefix: String
    ) -> ByReference<IngressSettings> {
        guard let text = settings.value.values.headers.customName else { return settings }
        let key = "\(prefix)/custom-headers"
        var values = settings.value.values
        if let headers = customHeaders(named: text, of: values, at: key) {
            values.headers.custom = headers == ResponseHeaders() ? nil : headers
        } else {
            values.unhonoured.append("custom-headers")
        }
        return ByReference(IngressSettings(values, given: settings.value.given, over: settings.value))
    }

    /// Returns `nil` for a ConfigMap that cannot be used.
    private mutating func customHeaders(
        named text: String,
        of values: SettingValues,
        at key: String
    ) -> ResponseHeaders? {
        let (ingress, field) = (ingress, "metadata.annotations[\(key)]")
        let read = content(
            ofConfigMap: text,
            within: values.gates.reach,
            namedBy: key,
            for: "headers",
            unnamed: .customHeadersElsewhere(text, of: ingress, at: field),
            consequence: "the paths of the Ingress answer 503",
            none: (headers: ResponseHeaders(), leftOut: [Diagnostic]())
        ) { map throws(ValueError) in
            let (headers, leftOut) = try ResponseHeaders.reading(map, allowing: values.headers.allowed)
            let name = map.namespacedName
            return (headers, leftOut.map { .customHeaderLeftOut($0, name, of: ingress, at: field) })
        }
        diagnostics += read?.leftOut ?? []
        return read?.headers
    }
}

extension ResponseHeaders {
    /// The headers that a ConfigMap holds: a name and a value for each key, which stand in place of what backends say.
    ///
    /// Returns those beside that nginx sets itself, so that they are left out.
    fileprivate static func reading(
        _ map: ConfigMap,
        allowing allowed: [HeaderName]
    ) throws(ValueError) -> (ResponseHeaders, leftOut: [HeaderName]) {
        var added: [ResponseHeader] = []
        var leftOut: [HeaderName] = []
        for (key, value) in map.data.sorted(by: { $0.key < $1.key }) {
            guard let name = HeaderName(key) else {
                throw ValueError(reason: "'\(key.excerpt)' is no name of a header")
            }
            guard allowed.contains(where: name.isSame) else {
                throw ValueError(reason: "'global-allowed-response-headers' does not allow '\(name.value.excerpt)'")
            }
            guard !name.isOfNginx else {
                leftOut.append(name)
                continue
            }
            let isPrintable = !value.isEmpty && value.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
            guard isPrintable, let text = Expression(literal: value) else {
                let what = "the value of '\(name.value.excerpt)'"
                throw ValueError(reason: "\(what) is empty, too long, or no printable ASCII")
            }
            added.append(ResponseHeader(name, text))
        }
        return (ResponseHeaders(hidden: added.map(\.name), added: added), leftOut)
    }
}

extension HeaderName {
    /// Whether nginx writes the header itself, so that one which is added would stand beside it.
    var isOfNginx: Bool { Self.ofNginx.contains(lowercased) }

    private static let ofNginx: Set<String> = [
        "connection", "content-encoding", "content-length", "content-type", "date", "keep-alive", "location", "server",
        "trailer", "transfer-encoding", "upgrade",
    ]
}

extension Diagnostic {
    fileprivate static func customHeadersElsewhere(_ text: String, of ingress: Ingress, at field: String) -> Diagnostic
    {
        ingress.finding(
            .error,
            "configmap-of-another-namespace",
            "'custom-headers' names '\(text.excerpt)', which is no ConfigMap of namespace "
                + "'\(ingress.metadata.namespace)'; the paths of the Ingress answer 503",
            at: field
        )
    }

    fileprivate static func customHeaderLeftOut(
        _ header: HeaderName,
        _ name: NamespacedName,
        of ingress: Ingress,
        at field: String
    ) -> Diagnostic {
        ingress.finding(
            .warning,
            "header-left-out",
            "ConfigMap '\(name)' sets '\(header)', which nginx writes itself; it is left out",
            at: field
        )
    }
}
