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

        package init(stringLiteral text: String) { self.text = text }

        static let notRead: Self = "Postern does not read it"
        static let snippets: Self = "Postern puts no text of users into nginx's configuration"
        static let sizedByContent: Self = "Postern sizes nginx's tables by what they hold"
        static let removedFromNginx: Self = "nginx has had no such directive since 1.19.7"
        static let countersInMetrics: Self = "Postern's metrics tell nginx's counters"
        static let proxyProtocol: Self = "Postern's listeners do not speak the PROXY protocol"
        static let lua: Self = "it is about the Lua code of ingress-nginx, and Postern has none"
        static let modSecurity: Self = "it needs the module ModSecurity, which stock nginx lacks"
        static let openTelemetry: Self = "it needs the module OpenTelemetry, which stock nginx lacks"
        static let geoIP: Self = "it needs the module GeoIP2, which stock nginx lacks"
        static let brotli: Self = "it needs the module Brotli, which stock nginx lacks"
    }
}
