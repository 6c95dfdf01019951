import Diagnostics
import Foundation
import NginxRendering
import NginxSyntax
import ProxyConfiguration

/// The folder of one shadow nginx: its configuration, its keys, and its sockets.
struct ShadowFolder: Sendable {
    let path: String
    /// The group of the processes that end with the folder.
    private(set) var processGroup: Int32 = 0
    /// Tells other processes that the folder is in use.
    private let lock: FolderLock
    /// The same in every folder: nginx finds its files from the folder that it is started in.
    let place: ShadowConfiguration.Place

    /// The file in which nginx puts its process id once it listens.
    var processIDFile: String { "\(path)/nginx.pid" }
    var configurationFile: String { "\(path)/nginx.conf" }
    /// The file of nginx's standard error.
    var errorFile: String { "\(path)/stderr" }
    var httpSocket: String { "\(path)/http.sock" }
    var httpsSocket: String { "\(path)/https.sock" }
    var echoSocket: String { "\(path)/echo.sock" }

    /// The prefix of the name of every such folder.
    static let prefix = "postern-proof-"

    /// Removes the folder when `body` is done, however that ends, and when this process is killed meanwhile.
    ///
    /// It is made in `parent`, or where temporary files usually are.
    static func use<Result: Sendable>(
        in parent: String?,
        _ body: (ShadowFolder) async throws -> Result
    ) async throws -> Result {
        try Launching.checkDescriptors()
        let folder = try ShadowFolder(in: parent ?? usualParent)
        defer {
            folder.remove()
            withExtendedLifetime(folder.lock) {}
        }
        return try await ProcessGuard.run(over: folder.path) { group in
            var folder = folder
            folder.processGroup = group
            // The guard would have to be told of a process that this one has not ended yet.
            defer { folder.remove() }
            try folder.prepare()
            return try await body(folder)
        }
    }

    private func remove() { try? FileManager.default.removeItem(atPath: path) }

    private init(in parent: String) throws(ProofFailure) {
        let place = ShadowConfiguration.Place.inFolder
        self.place = place
        (path, lock) = try Self.make(in: parent)
    }

    private static func make(in parent: String) throws(ProofFailure) -> (String, FolderLock) {
        // A process that starts just now may take a new folder for one that was left behind.
        for _ in 0..<5 {
            var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { throw .system("a temporary folder cannot be made", errno) }
            let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
            if let lock = FolderLock(path) { return (path, lock) }
        }
        throw ProofFailure("a temporary folder in \(parent) is removed as soon as it is made")
    }

    private func prepare() throws(ProofFailure) {
        // Others may pass through: the workers of an nginx that root starts run as somebody else.
        guard chmod(path, 0o711) == 0, mkdir("\(path)/temp", 0o711) == 0, chmod("\(path)/temp", 0o711) == 0
        else { throw .system("\(path) cannot be made ready", errno) }
    }

    /// The system's folder for temporary files, or `/tmp` where that is of no use.
    ///
    /// A Unix socket's path has at most 107 bytes, and the workers of an nginx that root starts must pass through.
    static var usualParent: String {
        let usual = FileManager.default.temporaryDirectory.path(percentEncoded: false)
        let name = usual.hasSuffix("/") ? String(usual.dropLast()) : usual
        return name.utf8.count <= 70 && (geteuid() != 0 || isOpenToAll(name)) ? name : "/tmp"
    }

    private static func isOpenToAll(_ folder: String) -> Bool {
        var path = ""
        return folder.split(separator: "/").allSatisfy { name in
            path += "/\(name)"
            var status = stat()
            return stat(path, &status) == 0 && status.st_mode & S_IXOTH != 0
        }
    }

    /// Writes what nginx reads; private files for those only who must read them, from the first moment.
    func write(
        _ text: [UInt8],
        _ files: [PrivateFile],
        readableBy workers: WorkerGroup
    ) throws(ProofFailure) {
        try write(text, to: configurationFile, mode: 0o644)
        var folders: Set<Substring> = []
        for file in files {
            let name = file.file.value
            let parts = name.split(separator: "/").dropLast()
            for end in parts.indices where folders.insert(name[..<parts[end].endIndex]).inserted {
                let folder = "\(path)/\(name[..<parts[end].endIndex])"
                guard mkdir(folder, mode_t(file.folderMode)) == 0 || errno == EEXIST else {
                    throw .system(folder, errno)
                }
                try admit(workers, to: folder, for: file)
            }
            try write(file.content.bytes, to: "\(path)/\(name)", mode: mode_t(file.mode))
            try admit(workers, to: "\(path)/\(name)", for: file)
        }
    }

    private func admit(_ workers: WorkerGroup, to path: String, for file: PrivateFile) throws(ProofFailure) {
        do throws(StateFolderError) { try workers.admit(to: path, for: file) } catch {
            throw ProofFailure("\(error)")
        }
    }

    private func write(_ bytes: [UInt8], to file: String, mode: mode_t) throws(ProofFailure) {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw .system(file, errno) }
        defer { close(descriptor) }
        guard bytes.writeAll(to: descriptor) else { throw .system(file, errno) }
    }
}

extension ShadowConfiguration.Place {
    /// Everything below the folder that nginx is started in; what it has to say goes to its standard error.
    fileprivate static let inFolder = ShadowConfiguration.Place(
        process: ProcessSettings(
            pidFile: FilePath(known: "nginx.pid"),
            errorLog: FilePath(known: "stderr"),
            accessLog: nil,
            temporaryFolder: FilePath(known: "temp"),
            workerShutdownTimeout: TimeSpan(seconds: 1)
        ),
        http: .unix(FilePath(known: "http.sock")),
        https: .unix(FilePath(known: "https.sock")),
        echo: EchoPlaces(
            http: .unix(FilePath(known: "echo.sock")),
            https: .unix(FilePath(known: "echo-https.sock")),
            grpc: .unix(FilePath(known: "echo-grpc.sock")),
            grpcs: .unix(FilePath(known: "echo-grpcs.sock"))
        )
    )
}
