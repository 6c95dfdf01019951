import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Compression by Brotli, for which nginx has no module of its own.
struct BrotliTests {
    private static let file = "ngx_http_brotli_filter_module.so"

    private func result(_ keys: [String: String], modules: [String]?) throws -> Translation {
        var snapshot = snapshot([ingress(rule("a.example", path("/")))])
        snapshot.configMaps = [globalConfigMap(keys)]
        let settings = try settings {
            $0.globalConfigMap = globalName
            $0.capabilities = modules.flatMap { files in
                NginxCapabilities(versionOutput: "nginx version: nginx/1.22.1 --modules-path=/modules")?
                    .loading(from: files)
            }
        }
        return translate(snapshot, with: settings)
    }

    @Test func `is for an nginx that has the module`() throws {
        let keys = ["enable-brotli": "true", "brotli-level": "6", "brotli-types": "text/css"]
        let result = try result(keys, modules: [Self.file, "ngx_other_module.so"])
        #expect(!result.codes.contains { $0.hasPrefix("configmap") })
        let directives = result.configuration.settings.directives
        #expect(directives.value(of: "brotli") == "on")
        #expect(directives.value(of: "brotli_comp_level") == "6")
        #expect(directives.value(of: "brotli_min_length") == "20")
        #expect(directives.value(of: "brotli_types") == "text/css")
    }

    @Test(arguments: [nil, [], ["ngx_http_brotli_static_module.so"]] as [[String]?])
    func `is told to be missing where nginx has no such module`(_ modules: [String]?) throws {
        let result = try result(["enable-brotli": "true", "brotli-level": "6"], modules: modules)
        #expect(result.codes.filter { $0 == "configmap-key-not-read" }.count == 2)
        let finding = result.diagnostics.first { $0.code == "configmap-key-not-read" }
        #expect(finding?.hint?.contains(Self.file) ?? false)
        #expect(!result.configuration.settings.directives.names.contains { $0.hasPrefix("brotli") })
    }

    @Test(arguments: [["enable-brotli": "false"], [:], ["brotli-level": "4"]])
    func `is off unless it is on`(_ keys: [String: String]) throws {
        for modules in [nil, [Self.file]] {
            let result = try result(keys, modules: modules)
            #expect(!result.codes.contains { $0.hasPrefix("configmap") })
            #expect(!result.configuration.settings.directives.names.contains { $0.hasPrefix("brotli") })
        }
    }

    @Test(arguments: ["12", "-1", "a", "4;", ""]) func `has a level from 0 to 11`(_ level: String) throws {
        let result = try result(["enable-brotli": "true", "brotli-level": level], modules: [Self.file])
        #expect(result.codes.contains("configmap-key-invalid"))
        #expect(result.configuration.settings.directives.value(of: "brotli_comp_level") == "4")
    }
}
