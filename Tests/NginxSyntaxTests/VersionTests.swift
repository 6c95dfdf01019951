import NginxSyntax
import Testing

@Suite struct VersionTests {
    @Test func `orders versions by number, not by letter`() {
        #expect(NginxVersion("1.9.15").map { $0 < NginxVersion(1, 22, 1) } == true)
        #expect(NginxVersion("1.22.1")?.description == "1.22.1")
    }

    @Test(arguments: ["", "1.22", "1.22.1.1", "1.22.x", "1.22.-1", "v1.22.1", "1.22.", "1.22.1 "])
    func `refuses what is no version`(_ text: String) {
        #expect(NginxVersion(text) == nil)
    }

    @Test func `reads what nginx of this machine says`() throws {
        let output = try Command.run("nginx", ["-V"]).output
        let build = try #require(NginxCapabilities(versionOutput: output))
        #expect(output.contains("nginx/\(build.version)"))
        #expect(build.hasModule("http_ssl_module"))
        #expect(build.hasModule("http_rewrite_module"))
        #expect(!build.hasModule("http_js_module"))
    }

    @Test func `tells modules to be loaded from those compiled in, and knows what a build leaves out`() throws {
        let output = """
            nginx version: nginx/1.25.0 (Ubuntu)
            built with OpenSSL 3.0.2 15 Mar 2022
            configure arguments: --with-cc-opt='-g -O2' --with-stream=dynamic --with-http_v2_module --without-http_grpc_module
            """
        let build = try #require(NginxCapabilities(versionOutput: output))
        #expect(build.version == NginxVersion(1, 25, 0))
        #expect(build.hasModule("stream") && build.isDynamic("stream"))
        #expect(build.hasModule("http_v2_module") && !build.isDynamic("http_v2_module"))
        #expect(build.hasModule("http_proxy_module"))
        #expect(!build.hasModule("http_grpc_module"))
        #expect(!build.hasModule("http_ssl_module"))
        #expect(build.modules == ["http_v2_module"])
        #expect(NginxCapabilities(versionOutput: "command not found") == nil)
    }

    @Test func `finds modules of others where nginx has its modules, and no file that is none`() throws {
        let module = "http_brotli_filter_module"
        let output = "nginx version: nginx/1.22.1 --modules-path=/usr/lib/nginx/modules"
        let build = try #require(NginxCapabilities(versionOutput: output))
        #expect(!build.hasModule(module))
        let files = ["ngx_\(module).so", "ngx_http_evil_module.so", "\(module).so", "ngx_../x.so"]
        let loading = build.loading(from: files)
        #expect(loading.loadableModules == [module])
        #expect(loading.hasModule(module))
        #expect(loading.file(ofModule: module)?.value == "/usr/lib/nginx/modules/ngx_\(module).so")
        #expect(loading.file(ofModule: "http_evil_module") == nil)
        let homeless = try #require(NginxCapabilities(versionOutput: "nginx version: nginx/1.22.1"))
        #expect(homeless.loading(from: files).file(ofModule: module) == nil)
    }

    @Test func `a module of stream needs stream`() throws {
        let build = try #require(NginxCapabilities(versionOutput: "nginx version: nginx/1.22.1"))
        #expect(!build.hasModule("stream_map_module"))
        #expect(NginxCapabilities(version: NginxVersion(1, 22, 1)).hasModule("stream_map_module"))
    }

    @Test func `knows which versions have what`() throws {
        let versions = ["1.25.0", "1.25.1", "1.27.3", "1.27.4", "1.29.6", "1.29.7"]
        let builds = try versions.map { NginxCapabilities(version: try #require(NginxVersion($0))) }
        #expect(builds.map(\.hasHTTP2Directive) == [false, true, true, true, true, true])
        #expect(builds.map(\.hasKeepaliveMinTimeout) == [false, false, false, true, true, true])
        #expect(builds.map(\.keepsConnectionsUnasked) == [false, false, false, false, false, true])
        let http2 = try #require(DirectiveGrammar.directive(named: "http2"))
        #expect(builds.map { $0.supports(http2) } == [false, true, true, true, true, true])
    }

    @Test func `a control API is there from 1.31.5 on, where the build has it`() {
        func build(_ version: String, _ options: String) -> NginxCapabilities? {
            NginxCapabilities(versionOutput: "nginx version: nginx/\(version)\nconfigure arguments: \(options)\n")
        }
        #expect(build("1.31.5", "--with-compat --with-control-api")?.hasControlAPI == true)
        #expect(build("1.31.5", "--with-compat")?.hasControlAPI == false)
        #expect(build("1.31.4", "--with-control-api")?.hasControlAPI == false)
        #expect(!NginxCapabilities(version: NginxVersion(1, 31, 5)).hasControlAPI)
    }
}
