import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension SettingLayer {
    /// The layer of the global ConfigMap with the headers of those that it names.
    ///
    /// A header that cannot be set is left out, and said of the ConfigMap that holds it.
    func addingHeaders(namedBy global: ConfigMap, in classes: IngressClasses, assumesMissing: Bool) -> SettingLayer {
        var values = settings.value.values
        var findings: [Diagnostic] = []
        func map(_ name: NamespacedName?, _ key: String) -> ConfigMap? {
            guard let name else { return nil }
            if let map = classes.configMap(name) { return map }
            findings.append(global.finding(onMissing: name, at: key, isAssumed: assumesMissing))
            return nil
        }
        let added = map(values.headers.addedName, "add-headers")
        let sent = map(values.headers.sentName, "proxy-set-headers")
        if let added { values.headers.added = added.responseHeaders(beside: values.geo.variables, &findings) }
        if let sent { values.headers.sent = sent.requestHeaders(beside: values.geo.variables, &findings) }
        guard values != settings.value.values || !findings.isEmpty else { return self }
        return SettingLayer(
            settings: ByReference(IngressSettings(ofAll: values)),
            guards: guards,
            capabilities: capabilities,
            diagnostics: diagnostics + findings
        )
    }
}

extension ConfigMap {
    /// The headers that it holds for responses, in place of what backends say; one without a value is only taken away.
    ///
    /// - Parameter declared: The variables that they may name beside those of a request.
    fileprivate func responseHeaders(
        beside declared: [VariableName],
        _ findings: inout [Diagnostic]
    ) -> ResponseHeaders {
        var result = ResponseHeaders()
        for (key, value) in data.sorted(by: { $0.key < $1.key }) {
            do throws(ValueError) {
                let name = try HeaderName(responding: key)
                let value = try Expression(ofHeader: value, beside: declared)
                let added = value == .empty ? [] : [ResponseHeader(name, value)]
                result = result.with(ResponseHeaders(hidden: [name], added: added))
            } catch {
                findings.append(headerLeftOut(key, error))
            }
        }
        return result
    }

    /// The headers that it holds for requests to backends; one without a value is only taken away.
    fileprivate func requestHeaders(
        beside declared: [VariableName],
        _ findings: inout [Diagnostic]
    ) -> RequestHeaders {
        var result = RequestHeaders()
        for (key, value) in data.sorted(by: { $0.key < $1.key }) {
            do throws(ValueError) {
                let name = try HeaderName(setting: key)
                result.set(RequestHeader(name, try Expression(ofHeader: value, beside: declared)))
            } catch {
                findings.append(headerLeftOut(key, error))
            }
        }
        return result
    }

    private func headerLeftOut(_ key: String, _ error: ValueError) -> Diagnostic {
        finding(
            .warning,
            "header-left-out",
            "the header '\(key.excerpt)' \(error.reason); it is left out",
            at: "data[\(key)]"
        )
    }

    fileprivate func finding(onMissing name: NamespacedName, at key: String, isAssumed: Bool) -> Diagnostic {
        finding(
            isAssumed ? .note : .error,
            isAssumed ? "configmap-assumed" : "configmap-not-found",
            isAssumed
                ? "ConfigMap '\(name)', which '\(key)' names, is not in the input; it is taken for empty"
                : "ConfigMap '\(name)', which '\(key)' names, is not found, or cannot be read; its headers are not set",
            at: "data[\(key)]"
        )
    }
}

extension HeaderName {
    /// The name of a header of all responses.
    fileprivate init(responding text: String) throws(ValueError) {
        guard let name = HeaderName(text), name.value.utf8.count <= 46 else {
            throw ValueError(reason: "has no name that a header may have")
        }
        guard !name.isOfNginx else { throw ValueError(reason: "is one that nginx writes itself") }
        self = name
    }
}

extension Expression {
    /// The value of a header, which may name variables that hold no line breaks.
    fileprivate init(ofHeader text: String, beside declared: [VariableName]) throws(ValueError) {
        let parts = try Expression.parts(of: text, .ofAllHeaders.adding(declared)) { (0x20..<0x7F).contains($0) }
        guard let value = Expression(parts: parts) else { throw ValueError(reason: "is too long") }
        self = value
    }
}
