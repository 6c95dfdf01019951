import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax

extension SettingReader {
    /// Takes over what the snippets of the object set, once all else of it is read: a setting that it has by its own name
    /// counts before a directive that stands for the same.
    mutating func takeSnippets() {
        let paths: [(String, KeyPath<SnippetValues, ByReference<Snippet>?>)]
        switch source {
        case .annotations:
            paths = [
                ("auth-snippet", \.question), ("configuration-snippet", \.configuration), ("server-snippet", \.server),
                ("stream-snippet", \.stream),
            ]
        case .parameters, .global:
            paths = [
                ("global-auth-snippet", \.questionsOfAll), ("http-snippet", \.http),
                ("location-snippet", \.locationsOfAll), ("main-snippet", \.main), ("server-snippet", \.serversOfAll),
                ("stream-snippet", \.streamsOfAll),
            ]
        }
        for (name, path) in paths {
            if let snippet = snippet(named: name, path) { take(snippet, of: name) }
        }
    }

    /// The snippet where this object has it.
    private func snippet(
        named name: String,
        _ path: KeyPath<SnippetValues, ByReference<Snippet>?>
    ) -> Snippet? {
        guard !(source.value(name) ?? "").isEmpty, let setting = source.setting(named: name), isOpen(setting) else {
            return nil
        }
        return values.snippets[keyPath: path]?.value
    }

    private mutating func take(_ snippet: Snippet, of name: String) {
        switch name {
        case "configuration-snippet", "location-snippet":
            values.directives = values.directives.adding(snippet.directives)
        case "http-snippet":
            values.httpDirectives = values.httpDirectives.adding(DirectiveSettings(snippet.directives))
        // Those of hosts are a matter of all their Ingresses, those of questions one of the service.
        default: break
        }
        for setting in snippet.settings { take(setting, of: name) }
        var snippet = snippet
        if name == "configuration-snippet" { snippet.remarks += outside(snippet) }
        if name == "auth-snippet" { snippet.remarks += unnamed(snippet, by: values.externalAuth.signIn) }
        if name == "global-auth-snippet" { snippet.remarks += unnamed(snippet, by: values.globalAuth.values.signIn) }
        for remark in snippet.remarks { diagnostics.append(source.remark(remark, of: name)) }
        if snippet.isClosed { close(name) }
    }

    /// Remarks about variables of a question that its URL to sign in does not name: nothing else can.
    private func unnamed(_ snippet: Snippet, by url: SignInURL?) -> [SnippetRemark] {
        snippet.answers.filter { answer in !(url?.answers.contains { $0.value == answer.name } ?? false) }.map {
            answer in
            let refusal = SnippetRefusal(
                "only the URL to sign in can name what it sets; 'configuration-snippet' is the place for all else"
            )
            return SnippetRemark(Directive("auth_request_set", [], line: answer.line), .needless, refusal)
        }
    }

    /// Remarks about locations that are for none of the Ingress's paths.
    private func outside(_ snippet: Snippet) -> [SnippetRemark] {
        guard case .annotations(let ingress, _) = source, !snippet.nested.isEmpty else { return [] }
        // Which paths an expression is for is known to nginx alone.
        guard !values.rewriting.usesRegularExpressions, values.rewriting.target == nil else { return [] }
        let paths = ingress.rules.flatMap { $0.paths ?? [] }.map { ($0.path ?? "").isEmpty ? "/" : $0.path ?? "/" }
        guard ingress.defaultBackend == nil else { return [] }
        return snippet.nested.filter { !$0.isWithin(paths) }.map { location in
            let refusal = SnippetRefusal(
                "no path of the Ingress has '\((location.path?.value ?? "").excerpt)' beneath it, and nginx refuses a "
                    + "location outside of the one that it stands in",
                advice: "put it into the snippet of the Ingress that has the path"
            )
            return SnippetRemark(Directive("location", [], line: location.line), .closes, refusal)
        }
    }

    private mutating func take(_ setting: SnippetSetting, of name: String) {
        guard let field = (source.setting(named: setting.name) ?? SettingTable.annotations[setting.name])?.field else {
            return
        }
        if (source.value(setting.name) ?? "").isEmpty {
            do throws(ValueError) { return try field.read(setting.value, &values) } catch {
                let reason = "the value \(error.reason)"
                return diagnostics.append(source.remark(SnippetRemark(setting, reason), of: name))
            }
        }
        diagnostics.append(
            source.remark(SnippetRemark(setting, "'\(setting.name)' is set, and counts in its place"), of: name)
        )
    }
}

extension SnippetRemark {
    fileprivate init(_ setting: SnippetSetting, _ reason: String) {
        self.init(directive: setting.directive, line: setting.line, kind: .leftOut, reason: reason)
    }
}

extension SettingSource {
    /// A finding on a directive of a snippet.
    fileprivate func remark(_ remark: SnippetRemark, of name: String) -> Diagnostic {
        let place = "'\(remark.directive)' in line \(remark.line) of '\(name)'"
        switch remark.kind {
        case .closes:
            return finding(
                .error,
                common: "snippet-refused",
                "\(place) is not taken, and may guard access: \(remark.reason); \(closed(concernsHost: name == "server-snippet"))",
                at: name,
                hint: remark.advice
            )
        case .closesPorts:
            return finding(
                .error,
                common: "snippet-refused",
                "\(place) is not taken: \(remark.reason); the ports that it is for are closed",
                at: name,
                hint: remark.advice
            )
        case .leftOut:
            return finding(
                .warning,
                common: "snippet-refused",
                "\(place) has no effect: \(remark.reason)",
                at: name,
                hint: remark.advice
            )
        case .needless:
            return finding(.note, common: "snippet-needless", "\(place) is not needed: \(remark.reason)", at: name)
        }
    }
}
