import ArgumentParser
import IngressTranslation
import KubernetesModel
import ProxyConfiguration

/// The options that decide what a configuration contains; they keep the names of ingress-nginx.
package struct TranslationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The class in the annotation kubernetes.io/ingress.class of the Ingresses to take; without it nginx.",
            valueName: "name"
        )
    )
    var ingressClass: String?

    @Option(
        help: ArgumentHelp(
            "The spec.controller of the IngressClasses whose Ingresses to take; may be repeated. "
                + "Without it \(ClassRules.ingressNginx) and \(ClassRules.own).",
            valueName: "name"
        )
    )
    var controllerClass: [String] = []

    @Flag(help: "Take an IngressClass by its name, that of --ingress-class, whatever its controller.")
    var ingressClassByName = false

    @Flag(
        inversion: .prefixedNo,
        help: "Take Ingresses that name no class. Manifests in files are taken by default, those in a cluster are not."
    )
    var watchIngressWithoutClass: Bool?

    @Option(
        name: .customLong("configmap"),
        help: ArgumentHelp(
            "The ConfigMap with the settings of all Ingresses, as --configmap of ingress-nginx names it; without it "
                + "the defaults count.",
            valueName: "namespace/name"
        )
    )
    var configMap: NamespacedName?

    @Option(
        name: .customLong("tcp-services-configmap"),
        help: ArgumentHelp(
            "The ConfigMap with the TCP ports to serve: PORT: \"NAMESPACE/SERVICE:PORT\", with :PROXY behind it where clients "
                + "send a line of the PROXY protocol, and another :PROXY where the Service is to get one.",
            valueName: "namespace/name"
        )
    )
    var tcpServicesConfigMap: NamespacedName?

    @Option(
        name: .customLong("udp-services-configmap"),
        help: ArgumentHelp(
            "The ConfigMap with the UDP ports to serve: PORT: \"NAMESPACE/SERVICE:PORT\".",
            valueName: "namespace/name"
        )
    )
    var udpServicesConfigMap: NamespacedName?

    @Flag(
        name: .customLong("enable-ssl-passthrough"),
        help: "Pass TLS connections on as they are for hosts whose Ingress has the annotation ssl-passthrough."
    )
    var passesTLS = false

    @Option(
        help: ArgumentHelp("The prefix of the annotations that are read, without the slash.", valueName: "prefix")
    )
    var annotationsPrefix = AnnotationPrefix.usual

    @Flag(
        inversion: .prefixedNo,
        help: "Validate the values of annotations, which Postern does in any case: the form for no is taken and noted."
    )
    var enableAnnotationValidation = true

    @Flag(help: "Leave out Ingresses for every host.")
    var disableCatchAll = false

    @Flag(help: "Serve nothing from Services of type ExternalName.")
    var disableSvcExternalName = false

    @Option(
        help: ArgumentHelp(
            "The Service that serves what no Ingress does; without it nginx answers 404.",
            valueName: "namespace/name"
        )
    )
    var defaultBackendService: NamespacedName?

    @Option(
        help: ArgumentHelp(
            "The Secret with the certificate of hosts that have none; without it a self-signed one serves.",
            valueName: "namespace/name"
        )
    )
    var defaultSSLCertificate: NamespacedName?

    @Option(help: ArgumentHelp("The port for HTTP.", valueName: "port"))
    var httpPort = ListenPort(.http)

    @Option(help: ArgumentHelp("The port for HTTPS.", valueName: "port"))
    var httpsPort = ListenPort(.https)

    @Flag(
        name: .customLong("http3"),
        help: "Speak HTTP/3 as well, at the UDP port of --https-port, which takes nginx 1.25 or newer built for it."
    )
    var usesHTTP3 = false

    @Option(
        name: .customLong("http3-public-port"),
        help: ArgumentHelp("The UDP port at which clients reach HTTP/3, as they are told.", valueName: "port")
    )
    var http3PublicPort = ListenPort(.https)

    @Flag(name: .customLong("disable-ipv6"), help: "Listen on IPv4 only.")
    var disableIPv6 = false

    @Option(
        help: ArgumentHelp(
            "How a request finds one of a Service's endpoints: "
                + LoadBalancingMethod.allCases.map(\.rawValue).joined(separator: ", ") + ".",
            valueName: "method"
        )
    )
    var loadBalance: LoadBalancingMethod = .roundRobin

    @Option(
        help: ArgumentHelp(
            "Choose endpoints by a consistent hash of this text with nginx variables, such as $request_uri.",
            valueName: "key"
        )
    )
    var upstreamHashBy: HashKey?

    @Option(
        help: ArgumentHelp("The folder of MaxMind's databases of places, for the key use-geoip2.", valueName: "folder")
    )
    var geoipDatabases = InstalledGeoDatabases.usualFolder

    @Option(
        help: ArgumentHelp(
            "A DNS server for the names of ExternalName Services; may be repeated. "
                + "Without it those of /etc/resolv.conf are asked.",
            valueName: "address"
        )
    )
    var resolver: [ResolverAddress] = []

    @Option(
        help: ArgumentHelp(
            "How nginx learns of the endpoints of Services: dns has it ask Postern, so that changes take no reload, "
                + "which takes nginx 1.27.3 or newer; reload writes them into its configuration; auto is dns where nginx "
                + "is new enough.",
            valueName: "way"
        )
    )
    var endpoints = EndpointMethod.auto

    @Option(help: ArgumentHelp("The port of 127.0.0.1 at which nginx asks for endpoints.", valueName: "port"))
    var endpointsPort = ListenPort.endpoints

    package init() {}

    package func validate() throws {
        let ports = [("--http-port", httpPort), ("--https-port", httpsPort), ("--endpoints-port", endpointsPort)]
        for (index, (option, port)) in ports.enumerated() {
            guard let earlier = ports.prefix(index).first(where: { $0.1.number == port.number }) else { continue }
            throw ValidationError("\(earlier.0) and \(option) need a port each, and both are \(port.number).")
        }
    }
}
