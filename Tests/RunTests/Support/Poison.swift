import ControllerTestSupport
import Foundation
import TestSupport

/// An Ingress that cannot go live, with templates that go wrong for such a one.
enum Poison: String, CaseIterable {
    /// nginx refuses it, and names the line.
    case refusedByLine
    /// nginx refuses it, and names no line.
    case refusedWithoutLine
    /// nginx takes it, and passes requests on with the path that they came with.
    case misrouted

    /// The Ingress before it goes bad.
    static func harmless(_ name: String, to target: String = "/v1") -> String {
        Manifest.ingress(name, to: target) + Manifest.service(name)
    }

    func ingress(_ name: String, to target: String = "/v2") -> String {
        switch self {
        case .refusedByLine:
            Manifest.ingress(
                name,
                to: target,
                path: ("/(.*)", "ImplementationSpecific"),
                annotations: ["use-regex": "true", "rewrite-target": "/$1"]
            ) + Manifest.service(name)
        case .refusedWithoutLine:
            Manifest.ingress(name, to: target, annotations: ["force-ssl-redirect": "true"]) + Manifest.service(name)
        case .misrouted:
            Manifest.ingress(name, to: target, annotations: ["rewrite-target": "/new"]) + Manifest.service(name)
        }
    }

    var hostLabel: String { rawValue.lowercased() }

    /// The reaction of nginx.
    var words: String {
        switch self {
        case .refusedByLine: "\"proxy_buffers\" directive is duplicate"
        case .refusedWithoutLine: "zero size shared memory zone \"nowhere\""
        case .misrouted: " as /new, but nginx has it passed to "
        }
    }

    /// Writes the templates to a folder of the site, and returns the options that name it.
    static func options(in site: ControllerSite) throws -> [String] {
        let folder = "\(site.folder)/templates"
        mkdir(folder, 0o755)
        let location = try BuiltInTemplate.replacing(
            [
                "rewrite {{ pattern }}": "proxy_buffers 8 4k;\n    proxy_buffers 8 4k;\n    rewrite {{ pattern }}",
                "rewrite ^ {{ change.target }} break;": "set $forgotten {{ change.target }};",
            ],
            in: "location"
        )
        let redirect = "{% if let code = httpsRedirect %}"
        let server = try BuiltInTemplate.replacing([redirect: "\(redirect)\n    limit_req zone=nowhere;"], in: "server")
        for (name, text) in ["location": location, "server": server] {
            try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name).tmpl"))
        }
        return ["--templates", folder]
    }
}
