import ControllerTestSupport
import Foundation
import TestSupport

/// Ingresses that the translator lets pass and nginx refuses, by templates that go wrong for such.
enum RefusedIngress: String, CaseIterable {
    /// nginx names the line.
    case byLine
    /// It names no line, and so each is looked for.
    case withoutLine
    /// nginx takes it, and sends its requests elsewhere than the model says.
    case misrouted

    func ingress(_ name: String, of tenant: Tenant = .hostile) -> String {
        switch self {
        case .byLine:
            tenant.ingress(
                name,
                annotations: ["use-regex": "true", "rewrite-target": "/$1"],
                path: "{path: \"/(.*)\", pathType: ImplementationSpecific"
            ) + Self.service(name, of: tenant)
        case .withoutLine: tenant.ingress(name, annotations: ["force-ssl-redirect": "true"])
        case .misrouted:
            tenant.ingress(name, annotations: ["rewrite-target": "/new"]) + Self.service(name, of: tenant)
        }
    }

    /// Writes the templates to a folder of the site, and returns the options that name it.
    static func options(in site: ControllerSite) throws -> [String] {
        let folder = "\(site.folder)/templates"
        mkdir(folder, 0o755)
        for (name, text) in try templates() {
            try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name).tmpl"))
        }
        return ["--templates", folder]
    }

    static func templates() throws -> [String: String] {
        let location = try BuiltInTemplate.replacing(
            [
                "rewrite {{ pattern }}": "proxy_buffers 8 4k;\n    proxy_buffers 8 4k;\n    rewrite {{ pattern }}",
                "rewrite ^ {{ change.target }} break;": "set $forgotten {{ change.target }};",
            ],
            in: "location"
        )
        let redirect = "{% if let code = httpsRedirect %}"
        let server = try BuiltInTemplate.replacing([redirect: "\(redirect)\n    limit_req zone=nowhere;"], in: "server")
        return ["location": location, "server": server]
    }

    /// A Service with an endpoint of 192.0.2.0/24, which nobody has, and which no test asks for.
    private static func service(_ name: String, of tenant: Tenant) -> String {
        let labels = "{kubernetes.io/service-name: \(name)}"
        return """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: \(name), namespace: \(tenant.namespace)}
            spec: {ports: [{port: 80}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: \(name)-1, namespace: \(tenant.namespace), labels: \(labels)}
            addressType: IPv4
            endpoints: [{addresses: [192.0.2.1]}]
            ports: [{port: 80}]

            """
    }
}
