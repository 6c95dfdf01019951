import Foundation
import IngressTranslation
import NginxControl
import NginxRendering
import NginxSyntax
import ProxyConfiguration

/// The generation that a state folder of `postern run` has for nginx: its text, and of its private files the digests.
///
/// The manifests that it was made of are not kept.
struct ServedGeneration: Sendable {
    let id: String
    let folder: String
    /// The state folder, by the name that nginx would have for it.
    let stateFolder: String
    /// Of `nginx.conf`.
    let text: String
    /// Of the other files, by their paths.
    let digests: [String: String]

    /// Throws ``CommandFailure`` where nothing is there to serve.
    init(in stateFolder: String) throws(CommandFailure) {
        let state = StateFolder(stateFolder)
        guard let id = state.target(of: state.current), let record = GenerationRecord(in: state.current),
            let data = FileManager.default.contents(atPath: state.configurationFile)
        else { throw CommandFailure("\(state.current): no generation is there; `postern run --state-dir` writes it") }
        self.id = id
        folder = state.current
        self.stateFolder = URL(filePath: stateFolder).standardizedFileURL.path(percentEncoded: false)
        text = String(decoding: data, as: UTF8.self)
        let files = record.files.filter { $0.path != "nginx.conf" } + record.liveFiles(in: state.current)
        digests = Dictionary(files.map { ($0.path, $0.digest) }) { first, _ in first }
    }

    /// Where the nginx that serves has its files, and tells what it serves: options of `postern run`, as its text has them.
    var process: (settings: ProcessSettings, status: SocketAddress?) {
        let directives = ConfigurationIndex(text).directives
        let http = directives.first { $0.name == "http" }?.block ?? []
        let logs = directives.filter { $0.name == "error_log" }
        func path(_ directive: Directive?) -> FilePath? { directive?.arguments.first.flatMap { FilePath($0) } }
        let log = http.first { $0.name == "access_log" && $0.arguments != ["off"] }
        let bodies = http.first { $0.name == "client_body_temp_path" }?.arguments.first
        let parent = bodies.flatMap { $0.hasSuffix("/client-body") ? FilePath(String($0.dropLast(12))) : nil }
        var settings = ProcessSettings(
            pidFile: path(directives.first { $0.name == "pid" }),
            errorLog: path(logs.first { $0.arguments.last != "emerg" }),
            refusalLog: path(logs.first { $0.arguments.last == "emerg" }),
            accessLog: path(log),
            temporaryFolder: parent,
            workerShutdownTimeout: directives.first { $0.name == "worker_shutdown_timeout" }?.arguments.first
                .flatMap { TimeSpan($0) }
        )
        // The one in `http` is below the folder of live files, in a folder of certificates.
        settings.liveCertificates = http.first { $0.name == "root" }?.arguments.first
            .flatMap { FilePath($0.split(separator: "/").dropLast(2).map { "/\($0)" }.joined()) }
            .map { LiveCertificates(in: $0) }
        let status = http.first { $0.block?.contains { $0.arguments == ["generation.conf"] } ?? false }?.block?
            .first { $0.name == "listen" }?.arguments.first
        let socket = status.flatMap { $0.hasPrefix("unix:") ? FilePath(String($0.dropFirst(5))) : nil }
        return (settings, socket.map { .unix($0) })
    }
}

extension ServedGeneration {
    /// Where the nginx that serves has its sessions of TCP and UDP counted; `nil` where nobody does.
    var portMeter: LogSocket? {
        let logs = streams.filter { $0.name == "access_log" }
        let socket = "\(stateFolder)/ports.sock"
        // While no port is served the file alone says whether somebody would.
        guard !streams.isEmpty else { return access(socket, F_OK) == 0 ? LogSocket(socket) : nil }
        return logs.lazy.compactMap { $0.arguments.first.flatMap { LogSocket(of: $0) } }.first
    }

    /// Where connections of TLS are handed over of which some are passed on, or would be; `nil` where nginx cannot name it.
    var passthroughSockets: TLSPassthrough.Sockets? {
        func places(_ block: String, _ variable: String) -> [String: String] {
            let lines = streams.first { $0.name == block && $0.arguments.last == variable }?.block ?? []
            return Dictionary(lines.map { ($0.name, $0.arguments.first ?? "") }) { first, _ in first }
        }
        func path(_ places: String?..., otherwise usual: String) -> FilePath? {
            let sockets = places.lazy.compactMap(\.self).filter { $0.hasPrefix("unix:") }
            return FilePath(sockets.first.map { String($0.dropFirst(5)) } ?? usual)
        }
        let (receivers, ofClients) = (places("map", "$tls_receiver"), places("geo", "$https_receiver"))
        let state = StateFolder(stateFolder)
        guard let https = path(receivers[""], ofClients["default"], otherwise: state.httpsSocket),
            let proxies = path(ofClients.first { $0.key != "default" }?.value, otherwise: state.proxiesSocket),
            let passing = path(receivers["default"], otherwise: state.passingSocket)
        else { return nil }
        return TLSPassthrough.Sockets(https: https, proxies: proxies, passing: passing)
    }

    private var streams: [Directive] {
        ConfigurationIndex(text).directives.first { $0.name == "stream" }?.block ?? []
    }

    /// How the nginx that serves knows of endpoints; `nil` where nothing that it serves has any.
    var endpointPlace: EndpointPlace? {
        let http = ConfigurationIndex(text).directives.first { $0.name == "http" }?.block ?? []
        let servers = http.filter { $0.name == "upstream" }.flatMap { $0.block ?? [] }.filter { $0.name == "server" }
        guard !servers.isEmpty else { return nil }
        guard servers.contains(where: { $0.arguments.contains("resolve") }) else { return .configuration }
        let place = http.first { $0.name == "resolver" }?.arguments.first?.split(separator: ":").last
        return place.flatMap { Int($0) }.flatMap { PortNumber($0) }.map(EndpointPlace.asked)
    }

    enum EndpointPlace: Sendable, Hashable {
        /// They stand in its configuration.
        case configuration
        /// It asks for them, at a port of the loopback address.
        case asked(PortNumber)
    }
}

extension Pipeline {
    /// The pipeline that writes for the same files of nginx as a generation that serves.
    func writing(like served: ServedGeneration) -> Pipeline {
        var settings = settings
        (settings.process, settings.status) = served.process
        return Pipeline(settings: settings, renderer: renderer).usingSockets(of: served)
    }

    /// The pipeline that has endpoints asked for, sessions counted, and connections of TLS handed over, where a generation
    /// that serves has.
    func usingSockets(of served: ServedGeneration) -> Pipeline {
        var settings = settings
        switch served.endpointPlace {
        case nil: break
        case .configuration: settings.endpointServer = nil
        case .asked(let port): settings.endpointServer = .internet(.loopback, port)
        }
        settings.portMeter = served.portMeter
        if settings.passthrough != nil { settings.passthrough = served.passthroughSockets }
        return Pipeline(settings: settings, renderer: renderer)
    }

    /// Has a generation say of endpoints what one that serves does, as long as they are the same: `postern run` writes some
    /// beside names that are new to nginx, until something else takes a reload.
    func write(endpointsOf served: ServedGeneration, into result: inout Result) {
        let written = WrittenEndpoints(in: Array(served.text.utf8), of: result.configuration)
        guard !written.isEmpty, written.areCurrent(in: result.translation.endpoints) else { return }
        result.generation = renderer.render(written.written(in: result.configuration))
    }
}
