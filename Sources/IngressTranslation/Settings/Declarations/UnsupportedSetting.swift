import NginxSyntax

/// A setting of ingress-nginx that Postern does not read, and what that means for traffic.
package struct UnsupportedSetting: Sendable {
    /// Why it has no effect: the end of the sentence "'name' has no effect: …".
    package let reason: Reason
    /// How its value may restrict access; `nil` where leaving it aside opens nothing.
    let guards: GuardRule?
    /// Whether ingress-nginx applies it to all of a host, whichever Ingress has set it.
    let concernsHost: Bool
    /// The value that asks for nothing.
    let idleValue: String?
    /// Whether the annotations of an Ingress turn the setting off.
    let isOff: @Sendable (Annotations) -> Bool

    /// The value of an annotation by its name, without the prefix; `nil` where there is none.
    typealias Annotations = (_ name: String) -> String?

    package var guardsAccess: Bool { guards != nil }

    package struct Reason: Sendable, Hashable, ExpressibleByStringLiteral {
        package let text: String
        /// The needs of the setting, as the end of a sentence; `nil` where its row names them.
        let need: String?
        /// The packages that bring what is lacking.
        private(set) var packages: String?

        package init(stringLiteral text: String) { self.init(text, need: nil) }

        private init(_ text: String, need: String?) { (self.text, self.need) = (text, need) }

        static func notRead(wouldNeed need: String) -> Self { Self(notRead.text, need: need) }

        /// The reason of a setting that is read where nginx has the module of a directive.
        private static func moduleOfOthers(_ name: String) -> Self {
            let directive = DirectiveGrammar.directive(named: name)
            var reason = Self("it needs nginx's module \(directive?.module ?? name), which this build lacks", need: nil)
            reason.packages = directive?.packages
            return reason
        }

        static let notRead: Self = "Postern does not read it"
        static let snippets = Self(
            "Postern puts no text of users into nginx's configuration",
            need: "a setting for what the text does"
        )
        static let ofAllHosts: Self = "it is about all hosts, and only the global ConfigMap can set it"
        static let snippetsOff: Self = "'allow-snippet-annotations' does not have snippets of Ingresses read"
        static let sizedByContent = Self(
            "Postern sizes nginx's tables by what they hold",
            need: "nothing: the size is right in any case"
        )
        static let removedFromNginx = Self(
            "nginx has had no such directive since 1.19.7",
            need: "nothing: what limits HTTP/1 limits HTTP/2 as well"
        )
        static let countersInMetrics = Self(
            "Postern's metrics tell nginx's counters",
            need: "nothing: who may read the metrics is a matter of NetworkPolicies"
        )
        static let lua = Self(
            "it is about the Lua code of ingress-nginx, and Postern has none",
            need: "nothing: there is no Lua code"
        )
        static let modSecurity = Self.moduleOfOthers("modsecurity")
        static let telemetryFile = Self(
            "nginx's own module for OpenTelemetry is configured by keys, and has no file",
            need: "nothing: 'otlp-collector-host' and the keys beside it say the same"
        )
    }
}
