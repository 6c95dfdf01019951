import Daemon
import Foundation
import NginxControl
import NginxSyntax
import ProxyConfiguration

extension NginxPlan {
    init(_ options: NginxOptions, stateFolder: String, _ program: NginxProgram) throws(CommandFailure) {
        // nginx resolves a relative name against its own folders, and the same folder must have one name for good.
        let state = StateFolder(Self.absolute(stateFolder))
        let processIDFile = Self.absolute(options.nginxPIDFile ?? "\(state.path)/nginx.pid")
        let socket = Self.absolute(options.statusSocket ?? "\(state.path)/status.sock")
        let longest = UnixSocket.longestPath
        guard socket.utf8.count <= longest else {
            throw CommandFailure(
                "\(socket): a Unix socket's path has at most \(longest) bytes; --status-socket names another"
            )
        }
        let accessLog =
            options.accessLog ?? (options.supervise ? "\(state.logs)/access.log" : "/var/log/nginx/access.log")
        let errorLog = options.errorLog ?? (options.supervise ? "\(state.logs)/error.log" : "/var/log/nginx/error.log")
        var process = ProcessSettings(
            pidFile: try Self.path(processIDFile),
            errorLog: try Self.path(errorLog == "stderr" ? errorLog : Self.absolute(errorLog)),
            refusalLog: try Self.path(state.refusalLog),
            accessLog: accessLog == "off" ? nil : try Self.path(Self.absolute(accessLog)),
            temporaryFolder: options.supervise ? try Self.path(state.temporaryFiles) : nil,
            workerShutdownTimeout: options.workerShutdownTimeout.span
        )
        process.liveCertificates = try Self.liveCertificates(options, in: state)
        self.init(
            state: state,
            process: process,
            statusSocket: try Self.path(socket),
            dataPlane: DataPlaneSettings(
                ownership: options.supervise ? .supervised(program) : .external,
                processIDFile: processIDFile,
                statusSocket: socket,
                controlSocket: try options.nginxControl.map(Self.controlSocket),
                logsToStandardError: errorLog == "stderr",
                reloadTimeout: options.reloadTimeout.duration,
                draining: DrainingBounds(
                    reloads: options.drainingReloads,
                    memory: options.drainingMemory.map { UInt64($0.bytes) } ?? AvailableMemory.bytes.map { $0 / 4 }
                )
            )
        )
    }

    /// Throws where connections of TLS could not be handed over at the sockets of the state folder.
    func checkPassthrough() throws(CommandFailure) {
        for socket in [state.httpsSocket, state.proxiesSocket, state.passingSocket] {
            _ = try Self.path(socket)
            guard socket.utf8.count > UnixSocket.longestPath else { continue }
            throw CommandFailure(
                "\(socket): a Unix socket's path has at most \(UnixSocket.longestPath) bytes, and --enable-ssl-passthrough "
                    + "needs this one; --state-dir names another folder"
            )
        }
    }

    /// By default keys are for the same eyes as without: nginx's workers read them, and where root starts nginx these are
    /// somebody else.
    private static func liveCertificates(
        _ options: NginxOptions,
        in state: StateFolder
    ) throws(CommandFailure) -> LiveCertificates? {
        let folder = try path(state.live)
        switch options.certificates {
        case .reload: return nil
        case .live: return LiveCertificates(in: folder)
        case .auto: return geteuid() == 0 ? nil : LiveCertificates(in: folder, from: CertificateReading.threshold)
        }
    }

    private static func controlSocket(_ path: String) throws(CommandFailure) -> String {
        let path = absolute(path)
        guard path.utf8.count > UnixSocket.longestPath else { return path }
        throw CommandFailure("\(path): a Unix socket's path has at most \(UnixSocket.longestPath) bytes")
    }

    private static func absolute(_ path: String) -> String {
        let path = URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
        return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    private static func path(_ text: String) throws(CommandFailure) -> FilePath {
        guard let path = FilePath(text) else { throw CommandFailure("'\(text)' cannot be named in nginx.conf") }
        return path
    }
}
