import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `process.tmpl` can name: what nginx is told of itself.
struct ProcessContext: TemplateContext {
    static let name = "Process"

    var process: ProcessSettings
    /// The files of the modules that are loaded.
    var modules: [FilePath]
    var isShadow: Bool

    static let fields: [TemplateField<Self>] = [
        .flag("isShadow") { $0.isShadow },
        .list("modules") { $0.modules },
        .settings("directives") { $0.process.directives },
        .settings("events") { $0.process.events },
        .list("debuggedNetworks") { $0.process.debuggedNetworks },
        .optional("workerShutdownTimeout") { $0.process.workerShutdownTimeout },
        .optional("pidFile") { $0.process.pidFile },
        .optional("errorLog") { $0.process.errorLog },
        .optional("errorLogLevel") { $0.process.errorLogLevel },
        .optional("refusalLog") { $0.process.refusalLog },
    ]
}

/// The fields that `folder` in `resources.tmpl` can name: the folders that nginx wants for what does not fit into memory.
struct TemporaryFolderContext: TemplateContext {
    static let name = "TemporaryFolder"

    var requestBodies: FilePath
    var responses: FilePath
    var fastCGI: FilePath
    var uwsgi: FilePath
    var scgi: FilePath

    /// - Parameter isOneForAll: Whether all of them are one, which takes less to make and to remove.
    init?(_ folder: FilePath, isOneForAll: Bool) {
        func place(_ name: String) -> FilePath? { FilePath("\(folder.value)/\(isOneForAll ? "all" : name)") }
        guard let requestBodies = place("client-body"), let responses = place("proxy"),
            let fastCGI = place("fastcgi"), let uwsgi = place("uwsgi"), let scgi = place("scgi")
        else { return nil }
        (self.requestBodies, self.responses) = (requestBodies, responses)
        (self.fastCGI, self.uwsgi, self.scgi) = (fastCGI, uwsgi, scgi)
    }

    static let fields: [TemplateField<Self>] = [
        .argument("requestBodies") { $0.requestBodies },
        .argument("responses") { $0.responses },
        .argument("fastCGI") { $0.fastCGI },
        .argument("uwsgi") { $0.uwsgi },
        .argument("scgi") { $0.scgi },
    ]
}
