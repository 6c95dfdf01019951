import NginxRendering
import ProxyConfiguration
import Synchronization
import Template

/// Renders one configuration after another, each only as far as it differs from the one before.
final class RememberingRenderer: Sendable {
    private let renderer: ConfigurationRenderer
    private let cache = Mutex(RenderingCache())

    init(_ renderer: ConfigurationRenderer) {
        self.renderer = renderer
    }

    func render(_ configuration: Configuration) -> Generation {
        cache.withLock { renderer.render(configuration, cache: &$0) }
    }
}

/// Renders what a shadow reads, one configuration after another, each only as far as it differs.
final class ShadowRenderer: Sendable {
    private struct Memory {
        var cache = RenderingCache()
        var latest: ShadowConfiguration?
    }

    private let renderer: ConfigurationRenderer
    private let memory = Mutex(Memory())

    init(_ renderer: ConfigurationRenderer) {
        self.renderer = renderer
    }

    /// The text of the `nginx.conf` that the shadow of a configuration has.
    func text(of configuration: Configuration, at place: ShadowConfiguration.Place) -> RenderedText {
        memory.withLock { memory in
            let shadow = ShadowConfiguration(of: configuration, at: place, after: memory.latest)
            memory.latest = shadow
            return renderer.text(of: shadow.configuration, cache: &memory.cache)
        }
    }

    /// The text of a configuration that is a shadow's already.
    func text(ofShadow shadow: Configuration) -> RenderedText {
        memory.withLock { renderer.text(of: shadow, cache: &$0.cache) }
    }
}
