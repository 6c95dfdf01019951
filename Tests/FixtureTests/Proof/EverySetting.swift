import Foundation
import IngressTranslation
import Manifests
import TestSupport
import Testing

/// Manifests in which every setting is set, made from the table of settings.
enum EverySetting {
    /// The settings of Ingresses, by what they are about.
    static let features = SettingTable.features.map { feature in
        Feature(
            name: feature.name,
            settings: feature.settings.filter { $0.places.isAnnotation && $0.unsupported == nil }
        )
    }.filter { !$0.settings.isEmpty }

    struct Feature: CustomTestStringConvertible {
        let name: String
        let settings: [Setting]

        var testDescription: String { name }
    }

    /// So many Ingresses, each of a host of its own, with all settings of a feature and other examples in each.
    static func ingresses(_ count: Int, of feature: Feature) -> ManifestFile {
        manifests(
            (0..<count).map { number in
                feature.settings.compactMap { setting in
                    setting.examples.isEmpty ? nil : (setting.name, setting.examples[number % setting.examples.count])
                }
            }
        )
    }

    /// An Ingress for each text that a setting may get.
    static func ingresses(setting texts: [String]) -> ManifestFile {
        manifests(features.flatMap(\.settings).flatMap { setting in texts.map { [(setting.name, $0)] } })
    }

    /// A global ConfigMap with all keys that are read, each with another of its examples or of other texts.
    static func globalConfigMap(_ number: Int, orElse texts: [String] = []) -> ManifestFile {
        let keys = SettingTable.all.filter { $0.places.isGlobalKey && $0.unsupported == nil }
        let lines = keys.enumerated().map { index, setting in
            let values = texts.isEmpty ? setting.examples : texts
            return "  \(setting.name): \(values[(number + index) % values.count].quotedForYAML)\n"
        }
        return ManifestFile(
            name: "configmap.yaml",
            text: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: global, namespace: ingress}\ndata:\n"
                + lines.joined()
        )
    }

    /// An Ingress for each list of annotations.
    static func manifests(_ annotations: [[(name: String, value: String)]]) -> ManifestFile {
        var documents = [service]
        for (number, annotations) in annotations.enumerated() { documents.append(ingress(number, annotations)) }
        return ManifestFile(name: "settings.yaml", text: documents.joined(separator: "---\n"))
    }

    private static func ingress(_ number: Int, _ annotations: [(name: String, value: String)]) -> String {
        let lines = annotations.map { "    nginx.ingress.kubernetes.io/\($0.name): \($0.value.quotedForYAML)\n" }
        return """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: web-\(number)
              namespace: shop
              annotations:
            \(lines.joined())\
            spec:
              ingressClassName: nginx
              rules:
                - host: web-\(number).example
                  http:
                    paths:
                      - path: /api
                        pathType: Prefix
                        backend: {service: {name: web, port: {number: 80}}}

            """
    }

    private static let service = """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {ports: [{port: 80}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: web, namespace: shop, labels: {kubernetes.io/service-name: web}}
        addressType: IPv4
        endpoints: [{addresses: [198.51.100.1]}]
        ports: [{port: 8080}]

        """
}

extension String {
    /// The text as a double-quoted scalar, which JSON's strings are.
    fileprivate var quotedForYAML: String {
        guard let data = try? JSONEncoder().encode(self) else { return "\"\"" }
        return String(decoding: data, as: UTF8.self)
    }
}
