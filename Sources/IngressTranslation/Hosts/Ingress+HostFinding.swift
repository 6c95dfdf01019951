import Diagnostics
import KubernetesModel

extension Ingress {
    /// The finding about the host of a rule that is none.
    func finding(onHost host: String, rule: Int) -> Diagnostic {
        let reason =
            host.utf8.count > 253
            ? "is longer than 253 characters, which is the most that a host name has" : "is no host name"
        let encoded = Punycode.hostName(host)
        return finding(
            .error,
            "host-invalid",
            "'\(host.excerpt)' \(reason); the rule is left out",
            at: "spec.rules[\(rule)].host",
            hint: encoded.map { "write '\($0)', which browsers ask for" }
        )
    }
}
