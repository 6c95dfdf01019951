import Certificates
package import KubernetesModel
package import ProxyConfiguration
package import NginxSyntax

/// The inputs of a translation beside the objects: the controller's options, and the time.
package struct TranslationSettings: Sendable, Hashable {
    package var classes = ClassRules()
    /// The prefix of the annotations that are read, without the slash.
    package var annotationPrefix = TranslationSettings.usualAnnotationPrefix
    /// Whether an option asks for no validation of annotations, which there always is.
    package var validatesReluctantly = false
    /// The ConfigMap with the settings that hold for all Ingresses, beneath those of their classes; `nil` for none.
    package var globalConfigMap: NamespacedName?
    /// The ConfigMap with the ports of TCP that are served; `nil` for none.
    package var tcpServices: NamespacedName?
    /// The ConfigMap with the ports of UDP that are served; `nil` for none.
    package var udpServices: NamespacedName?
    /// Ports of TCP beside those of ``listeners`` at which no Service is served.
    package var reservedPorts: Set<PortNumber> = []
    /// Where connections are handed over of which some are passed on as they are; `nil` where none is.
    package var passthrough: TLSPassthrough.Sockets?
    /// Whether an Ingress for every host is left out.
    package var disablesCatchAll = false
    /// Whether ExternalName Services serve nothing.
    package var disablesExternalNames = false
    /// Whether objects that the input lacks are assumed to exist, as for manifests in a repository.
    package var assumesMissingObjects = true
    /// Whether no API server has completed the objects, as those of manifests in files.
    ///
    /// The class of the usual name needs no object then, and Ingresses without a class have the default class.
    package var readsManifests = true
    /// Serves what no Ingress does; `nil` leaves that to nginx's own 404.
    package var defaultBackendService: NamespacedName?
    /// Serves hosts without a certificate of their own, in place of ``fallbackCertificate``.
    package var defaultCertificateSecret: NamespacedName?
    /// Serves hosts without a certificate of their own.
    package var fallbackCertificate: PrivateFile
    /// At which level of security OpenSSL judges certificates where nginx loads them.
    package var tlsSecurityLevel = CertificateBundle.usualSecurityLevel
    package var loadBalancing: LoadBalancing = .roundRobin
    /// Whether Services are asked by their own addresses, as the global ConfigMap says.
    var asksClusterAddresses = false
    package var listeners: [Listener]
    /// Whether HTTP/3 is to be spoken beside TLS; `nil` for not.
    package var http3: HTTP3Offer?
    /// Resolve the names of ExternalName Services.
    package var resolvers: [SocketAddress] = []
    /// The name server by which nginx finds the endpoints of Services; `nil` writes them into the configuration.
    package var endpointServer: SocketAddress?
    package var process = ProcessSettings()
    /// The capabilities of the nginx that the configuration is for; `nil` takes every directive for known.
    package var capabilities: NginxCapabilities?
    /// The OWASP Core Rule Set on the machine of nginx; `nil` for none.
    package var coreRules: CoreRuleSet?
    /// The databases of places on the machine of nginx.
    package var geoDatabases = InstalledGeoDatabases()
    /// Where nginx tells which generation serves; `nil` where nobody asks.
    package var status: SocketAddress?
    /// Where sessions of TCP and UDP are counted; `nil` where nobody does.
    package var portMeter: LogSocket?
    /// Seconds since 1970; certificates that have expired by then are served, and told.
    package var now: Int64

    /// The port of HTTPS; `nil` where nginx listens at none.
    var httpsPort: PortNumber? {
        listeners.lazy.filter { $0.scheme == .https }.compactMap { listener in
            switch listener.address {
            case .internet(_, let port), .port(let port): port
            default: nil
            }
        }.first
    }

    /// The prefix that ingress-nginx has.
    package static let usualAnnotationPrefix = "nginx.ingress.kubernetes.io"

    package init(fallbackCertificate: PrivateFile, listeners: [Listener], now: Int64) {
        self.fallbackCertificate = fallbackCertificate
        self.listeners = listeners
        self.now = now
    }
}
