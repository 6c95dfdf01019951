import Foundation
package import IngressTranslation
import KubernetesModel
import NginxControl
import NginxSyntax
import OpenSSL
package import ProxyConfiguration

extension TranslationOptions {
    /// The settings that the options stand for.
    ///
    /// - Parameters:
    ///   - assumesMissingObjects: Whether the input may lack what exists, as manifests in a repository do.
    ///   - readsManifests: Whether no API server has completed the input.
    ///   - controllerNamespace: Where the controller runs.
    package func settings(
        fallbackCertificate: PrivateFile,
        now: Int64,
        assumesMissingObjects: Bool,
        readsManifests: Bool,
        controllerNamespace: String = ClassRules().controllerNamespace
    ) -> TranslationSettings {
        var settings = TranslationSettings(fallbackCertificate: fallbackCertificate, listeners: listeners, now: now)
        if usesHTTP3 { settings.http3 = PortNumber(http3PublicPort.number).map { HTTP3Offer(publicPort: $0) } }
        settings.classes = classRules(readsManifests: readsManifests, controllerNamespace: controllerNamespace)
        settings.annotationPrefix = annotationsPrefix.text
        settings.validatesReluctantly = !enableAnnotationValidation
        settings.globalConfigMap = configMap
        settings.tcpServices = tcpServicesConfigMap
        settings.udpServices = udpServicesConfigMap
        settings.passthrough = passesTLS ? .usual : nil
        settings.disablesCatchAll = disableCatchAll
        settings.disablesExternalNames = disableSvcExternalName
        settings.assumesMissingObjects = assumesMissingObjects
        settings.readsManifests = readsManifests
        settings.coreRules = CoreRuleSet.installed()
        settings.geoDatabases = InstalledGeoDatabases(scanning: geoipDatabases)
        settings.defaultBackendService = defaultBackendService
        settings.defaultCertificateSecret = defaultSSLCertificate
        settings.tlsSecurityLevel = ServerIdentity.defaultSecurityLevel
        settings.loadBalancing = upstreamHashBy.map { .hash($0.expression) } ?? loadBalance.method
        settings.resolvers = resolver.isEmpty ? ResolverConfiguration.nameServers() : resolver.map(\.address)
        return settings
    }

    /// The Secrets that are used though no Ingress names them.
    var namedSecrets: Set<NamespacedName> { Set([defaultSSLCertificate].compactMap(\.self)) }

    /// The ConfigMaps with ports of TCP and UDP.
    var streamConfigMaps: [NamespacedName] { [tcpServicesConfigMap, udpServicesConfigMap].compactMap(\.self) }

    /// Which classes are ours.
    func classRules(readsManifests: Bool, controllerNamespace: String) -> ClassRules {
        var rules = ClassRules()
        if let ingressClass { rules.ingressClass = ingressClass }
        if !controllerClass.isEmpty { rules.controllers = controllerClass }
        rules.selectsByName = ingressClassByName
        rules.takesIngressWithoutClass = watchIngressWithoutClass ?? readsManifests
        rules.controllerNamespace = controllerNamespace
        return rules
    }

    private var listeners: [Listener] {
        [(Listener.Scheme.http, httpPort), (.https, httpsPort)].flatMap { scheme, port in
            guard let port = PortNumber(port.number) else { return [Listener]() }
            let ipv4 = Listener(scheme, at: .port(port))
            return disableIPv6 ? [ipv4] : [ipv4, Listener(scheme, at: .anyIPv6(port))]
        }
    }
}

/// The DNS servers that the machine itself asks, from `resolv.conf(5)`.
enum ResolverConfiguration {
    static func nameServers(in file: String = "/etc/resolv.conf") -> [SocketAddress] {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return [] }
        return nameServers(text: text)
    }

    static func nameServers(text: String) -> [SocketAddress] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count >= 2, words[0] == "nameserver" else { return nil }
            // nginx takes no zone (`fe80::1%eth0`), and the parser refuses it with every other non-address.
            return IPAddress(String(words[1])).map { .internet($0, .dns) }
        }
    }
}
