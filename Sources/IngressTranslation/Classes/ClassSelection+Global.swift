import Diagnostics
import Incremental
import KubernetesModel
import ProxyConfiguration

/// What the global ConfigMap says of all Ingresses.
extension ClassSelection {
    /// The findings about the ConfigMaps.
    var diagnostics: [Diagnostic] { layers.diagnostics }

    /// The settings of `http` for all Ingresses.
    var httpSettings: HTTPSettings { layers.global.settings.value.http.value }

    /// The settings of TCP and UDP.
    var streamSettings: StreamSettings { layers.global.settings.value.values.streamSettings }

    /// Whether no port of TCP and UDP is served.
    var closesStreams: Bool {
        let values = layers.global.settings.value.values
        return values.streams.isClosed || values.snippets.streamsOfAll?.value.streams?.value.isClosed ?? false
    }

    /// The snippet for `stream` of the global ConfigMap; `nil` where it asks for nothing.
    var streamSnippet: StreamSnippetSource? {
        guard let snippet = layers.global.settings.value.values.snippets.streamsOfAll?.value.streams?.value,
            let map = global
        else { return nil }
        return StreamSnippetSource(
            snippet: snippet,
            place: StreamPlace(object: map, field: "data[stream-snippet]"),
            namespace: map.metadata.namespace,
            reach: .any
        )
    }

    /// How TLS is spoken with the clients of all hosts.
    var tls: TLSValues { layers.global.settings.value.values.tls }

    /// Where nginx listens; options say at which ports.
    func listeners(beside options: [Listener]) -> [Listener] {
        let values = layers.global.settings.value.values
        let listeners = values.listening.listeners(beside: options)
        guard values.realIP.readsProxyLines else { return listeners }
        return listeners.map { listener in
            var listener = listener
            listener.readsProxyLine = true
            return listener
        }
    }

    /// The settings of nginx's processes; options say where their files are.
    func processSettings(beside options: ProcessSettings) -> ProcessSettings {
        layers.global.settings.value.values.processSettings(beside: options)
    }

    /// Whether the requests that no server may take cannot be told.
    var isClosed: Bool {
        let values = layers.global.settings.value.values
        return values.sourceRanges.blocksUnknown || values.realIP.isUnknown && values.sourceRanges.blocksAddresses
    }

    /// How endpoints are chosen where no Ingress says otherwise; `nil` leaves it to the options.
    var loadBalancing: LoadBalancing? { layers.global.settings.value.values.balancing.balancing }
    /// Whether Services are asked by their own addresses where no Ingress says otherwise.
    var asksClusterAddresses: Bool { layers.global.settings.value.values.balancing.asksClusterAddress }

    /// The objects that annotations may name.
    var reach: NamespaceReach { layers.global.settings.value.values.gates.reach }
}
