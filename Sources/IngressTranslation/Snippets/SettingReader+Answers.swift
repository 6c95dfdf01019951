import Diagnostics
import Incremental
import NginxSyntax

extension SettingReader {
    /// Checks that a URL to sign in names no variable that nothing sets.
    mutating func checkSignIn() {
        switch source {
        case .annotations:
            checkSignIn("auth-signin", \.externalAuth.signIn, by: values.snippets.answers, "auth-snippet")
        case .parameters, .global:
            let known = values.snippets.answersOfAll
            checkSignIn("global-auth-signin", \.globalAuth.values.signIn, by: known, "global-auth-snippet")
        }
    }

    private mutating func checkSignIn(
        _ name: String,
        _ path: WritableKeyPath<SettingValues, SignInURL?>,
        by known: [SnippetAnswer],
        _ snippet: String
    ) {
        guard !(source.value(name) ?? "").isEmpty, let url = values[keyPath: path] else { return }
        guard let unknown = url.answers.first(where: { name in !known.contains { $0.name == name.value } }) else {
            return
        }
        values[keyPath: path] = nil
        let other = name == "auth-signin" ? "configuration-snippet" : "location-snippet"
        let error = ValueError(
            reason: "names '$\(unknown.value.excerpt)', which is not known there, and which no 'auth_request_set' of "
                + "'\(snippet)' or '\(other)' sets"
        )
        diagnostics.append(
            source.invalid(name, error, "clients that have not signed in are answered with 401", isClosed: false)
        )
    }
}

extension SnippetValues {
    /// What they set by the answer of the service that the Ingress names; in nginx a snippet for the location counts.
    var answers: [SnippetAnswer] { (ofLocations?.answers ?? []) + (question?.value.answers ?? []) }

    /// What they set by the answer of the service of all Ingresses.
    var answersOfAll: [SnippetAnswer] { (ofLocations?.answers ?? []) + (questionsOfAll?.value.answers ?? []) }
}
