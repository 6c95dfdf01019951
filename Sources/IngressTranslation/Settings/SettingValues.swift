import NginxSyntax
import ProxyConfiguration

/// The values of one Ingress's settings, through all layers.
struct SettingValues: Sendable, Hashable {
    var https = HTTPSValues()
    var redirects = RedirectValues()
    var hosts = HostValues()
    var transportSecurity = HSTSValues()
    var rewriting = RewritingValues()
    var canary = CanaryValues()
    var balancing = BalancingValues()
    var affinity = AffinityValues()
    var gateway = GatewayValues()
    var keptConnections = KeptConnectionDefaults()
    var upstreamTLS = UpstreamTLSValues()
    var cors = CORSValues()
    var sourceRanges = SourceRangeValues()
    var limits = LimitValues()
    var mirror = MirrorValues()
    var realIP = RealIPValues()
    var headers = HeaderValues()
    var listening = ListeningValues()
    var tls = TLSValues()
    var basicAuth = BasicAuthValues()
    var clientCertificates = ClientCertificateValues()
    var externalAuth = ExternalAuthValues()
    var globalAuth = GlobalAuthValues()
    var retries = RetryValues()
    var backendHeaders = BackendHeaderValues()
    var responseChanges = ResponseChangeValues()
    var errors = ErrorValues()
    var responseBuffers = ResponseBuffers()
    /// The settings that one directive each says.
    var directives = DirectiveSettings<LocationBlock>()
    /// Those of all of nginx, which the global ConfigMap sets.
    var httpDirectives = DirectiveSettings<HTTPBlock>()
    /// Those of nginx's processes.
    var mainDirectives = DirectiveSettings<MainBlock>()
    var eventsDirectives = DirectiveSettings<EventsBlock>()
    var process = ProcessValues()
    var snippets = SnippetValues()
    var logging = LoggingValues()
    var streams = StreamValues()
    /// Whether names are resolved to addresses of IPv4 only.
    var resolvesIPv4Only = false
    var gates = GateValues()
    var brotli = BrotliValues()
    var geo = GeoValues()
    var firewall = FirewallValues()
    var telemetry = TelemetryValues()
    /// Whether the Ingress is refused for an annotation, whatever that is for.
    var isRefused = false
    /// Settings that guard access and that cannot be honoured, so that nothing may be served.
    var unhonoured: [String] = []
    /// The annotation for which nothing of the Ingress's hosts may be served either.
    var hostGuard: String?

    var isDenied: Bool {
        isRefused || !unhonoured.isEmpty || sourceRanges.isClosed || basicAuth.isClosed || limits.isClosed
            || firewall.isClosed
            || realIP.isUnknown && (sourceRanges.looksAtAddresses || snippets.looksAtAddresses)
    }

    /// The values where nothing is set.
    static let builtIn: SettingValues = {
        var values = SettingValues()
        for setting in SettingTable.all {
            guard let field = setting.field, let value = setting.defaultValue else { continue }
            do throws(ValueError) { try field.read(value, &values) } catch {
                preconditionFailure("the default of '\(setting.name)' \(error.reason)")
            }
        }
        return values
    }()

    /// The directives that the settings come to in a location.
    var locationSettings: DirectiveSettings<LocationBlock> {
        var settings = directives
        responseBuffers.add(to: &settings)
        addRedirectForm(to: &settings)
        if gateway.grpcBuffer != .zero { settings.set(SettingDirective("grpc_buffer_size"), to: gateway.grpcBuffer) }
        settings.set(SettingDirective("proxy_next_upstream"), to: retries.conditions)
        telemetry.add(to: &settings)
        return settings
    }
}
