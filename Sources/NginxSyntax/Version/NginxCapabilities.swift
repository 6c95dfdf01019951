/// The abilities of one build of nginx, as `nginx -V` prints them.
package struct NginxCapabilities: Sendable, Hashable {
    package let version: NginxVersion
    /// The modules compiled in by configure arguments, as those spell them: `http_ssl_module`, `stream`.
    package let modules: Set<String>
    /// The modules that work only after `load_module`.
    package let dynamicModules: Set<String>
    /// The modules that nginx builds by default and this build leaves out.
    package let removedModules: Set<String>
    /// The folder of modules that can be loaded; `nil` where the build does not say.
    package let moduleFolder: String?
    /// The known modules in that folder, by the names of their files.
    package private(set) var loadableModules: Set<String> = []
    /// The group as which workers run that root starts; `nil` where the build has nginx's own default.
    package let workerGroup: String?
    /// The folder of those for temporary files; empty for the one where nginx is installed.
    package let temporaryFolder: String

    /// Reads what `nginx -V` writes to standard error; `nil` when no line names a version.
    ///
    /// A fourth number, as OpenResty has it, is passed over: `openresty/1.21.4.1` is 1.21.4.
    package init?(versionOutput: String) {
        guard let version = Self.version(in: versionOutput) else { return nil }
        var modules: Set<String> = []
        var dynamicModules: Set<String> = []
        var removedModules: Set<String> = []
        var workerGroup: String?
        var temporaryFolder = ""
        var moduleFolder: String?
        for word in versionOutput.split(whereSeparator: \.isWhitespace) {
            if word.hasPrefix("--group=") || workerGroup == nil && word.hasPrefix("--user=") {
                workerGroup = word.split(separator: "=").last.map(String.init)
            } else if word.hasPrefix(Self.proxyFolderOption) {
                temporaryFolder = Self.parent(of: word.dropFirst(Self.proxyFolderOption.count))
            } else if word.hasPrefix(Self.moduleFolderOption) {
                moduleFolder = String(word.dropFirst(Self.moduleFolderOption.count))
            } else if word.hasPrefix("--without-") {
                removedModules.insert(String(word.dropFirst(10)))
            } else if word.hasPrefix("--with-") {
                let option = word.dropFirst(7)
                if option.hasSuffix("=dynamic") {
                    dynamicModules.insert(String(option.dropLast(8)))
                } else if Self.isModule(option) {
                    modules.insert(String(option))
                }
            }
        }
        self.version = version
        self.modules = modules
        self.dynamicModules = dynamicModules.subtracting(modules)
        self.removedModules = removedModules
        self.workerGroup = workerGroup
        self.moduleFolder = moduleFolder
        self.temporaryFolder = temporaryFolder
    }

    /// A build as nginx.org and the distributions package it.
    package init(version: NginxVersion) {
        self.version = version
        var modules = Self.packagedModules
        if version >= NginxVersion(1, 25, 0) { modules.insert("http_v3_module") }
        self.modules = modules
        self.dynamicModules = []
        self.removedModules = []
        workerGroup = nil
        moduleFolder = nil
        temporaryFolder = "/var/cache/nginx"
    }

    /// Whether the build has a module, compiled in or to be loaded; by the name that configure gives it.
    package func hasModule(_ name: String) -> Bool {
        if name.hasPrefix("stream_"), !hasModule("stream") { return false }
        if modules.contains(name) || dynamicModules.contains(name) || loadableModules.contains(name) { return true }
        return Self.defaultModules.contains(name) && !removedModules.contains(name)
    }

    /// Whether the module's directives are unknown until `load_module` names it.
    package func isDynamic(_ name: String) -> Bool { dynamicModules.contains(name) }

    /// The same build with the files of its folder of modules.
    package func loading(from files: some Sequence<String>) -> NginxCapabilities {
        var build = self
        build.loadableModules = Self.modulesOfOthers.union(Self.modulesInFiles).intersection(
            files.compactMap { file in
                guard file.hasPrefix("ngx_"), file.hasSuffix(".so") else { return nil }
                return String(file.dropFirst(4).dropLast(3))
            }
        )
        return build
    }

    /// The file of a module that `load_module` is to name; `nil` for one that needs none, or has none.
    package func file(ofModule name: String) -> FilePath? {
        guard loadableModules.contains(name), let moduleFolder else { return nil }
        return FilePath("\(moduleFolder)/ngx_\(name).so")
    }

    /// Whether TCP and UDP can be served: by a module that is compiled in, or that is there to be loaded.
    package var servesStreams: Bool { modules.contains("stream") || streamModuleFile != nil }

    /// The file of the module for TCP and UDP; `nil` where it is compiled in, or missing.
    package var streamModuleFile: FilePath? { modules.contains("stream") ? nil : file(ofModule: "stream_module") }

    /// `http2 on`, apart from the parameter of `listen`.
    package var hasHTTP2Directive: Bool { version >= NginxVersion(1, 25, 1) && hasModule("http_v2_module") }

    /// HTTP/3: `listen … quic`.
    package var hasHTTP3: Bool { version >= NginxVersion(1, 25, 0) && hasModule("http_v3_module") }

    /// Whether `$upstream_http_…` holds all headers of one name, joined by commas, and not the first of them.
    package var joinsHeaders: Bool { version >= NginxVersion(1, 23, 0) }

    /// `keepalive_min_timeout`, which keeps a reload from closing connections that a request is on its way to.
    package var hasKeepaliveMinTimeout: Bool { version >= NginxVersion(1, 27, 4) }

    /// Whether upstreams keep idle connections that do not say how many: 32, as `keepalive` of version 1.29.7 tells.
    package var keepsConnectionsUnasked: Bool { version >= NginxVersion(1, 29, 7) }

    /// `server … resolve` in an upstream, by which endpoints change without a reload.
    package var resolvesServers: Bool {
        version >= NginxVersion(1, 27, 3) && hasModule("http_upstream_zone_module")
    }

    /// `nginx -l`: the control API of the master, by which it is told to reload and says what became of that.
    package var hasControlAPI: Bool { version >= NginxVersion(1, 31, 5) && modules.contains("control-api") }

    /// `ssl_certificate_cache`, which keeps certificates in memory that are read when clients come.
    package var hasCertificateCache: Bool { version >= NginxVersion(1, 27, 4) }

    /// Whether the build knows a directive: its version is new enough and its module is there.
    package func supports(_ directive: DirectiveSyntax) -> Bool {
        if let since = directive.since, version < since { return false }
        return directive.module.map(hasModule) ?? true
    }

    private static let moduleFolderOption = "--modules-path="
    private static let proxyFolderOption = "--http-proxy-temp-path="

    private static func parent(of path: Substring) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    private static func version(in output: String) -> NginxVersion? {
        for word in output.split(whereSeparator: \.isWhitespace) {
            guard let slash = word.firstIndex(of: "/") else { continue }
            let numbers = word[word.index(after: slash)...].split(separator: ".").prefix(3)
            if let version = NginxVersion(numbers.joined(separator: ".")) { return version }
        }
        return nil
    }

    private static func isModule(_ option: Substring) -> Bool {
        let others = ["control-api", "debug", "stream", "mail", "threads", "file-aio"]
        return option.hasSuffix("_module") || others.contains(String(option))
    }
}
