import Foundation

/// The folder that outlives every process: generations, which of them serves, and what is known of it.
package struct StateFolder: Sendable {
    package let path: String

    /// The version of the folder's layout; a folder of a later one is left alone.
    private static let format = 1

    package init(_ path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    package var generations: String { "\(path)/generations" }
    /// The folder of files that workers read while they serve, one of each name for all generations.
    package var live: String { "\(path)/live" }
    /// The link to the generation that nginx reads.
    package var current: String { "\(path)/current" }
    /// The file that nginx must be started with.
    package var configurationFile: String { "\(current)/nginx.conf" }
    /// The link to the generation for which nginx answered last.
    package var good: String { "\(path)/good" }
    package var statusFile: String { "\(path)/status.json" }
    /// The folder of objects that keep serving though the source has lost them, or nginx refuses their new form.
    package var kept: String { "\(path)/kept" }
    package var logs: String { "\(path)/log" }
    package var temporaryFiles: String { "\(path)/temp" }
    /// Where nginx writes why it refuses a configuration.
    package var refusalLog: String { "\(logs)/refusals.log" }
    /// Where HTTPS is served while TLS of some hosts is passed on.
    package var httpsSocket: String { "\(sockets)/https.sock" }
    /// Where it is served meanwhile to those who come through proxies.
    package var proxiesSocket: String { "\(sockets)/proxies.sock" }
    /// Where connections come meanwhile that are passed on.
    package var passingSocket: String { "\(sockets)/tls.sock" }
    /// The folder of these, which nobody but nginx enters: who connects to them is believed to be any client.
    package var sockets: String { "\(path)/sockets" }
    /// The folder of the socket at which nginx is told to reload, for nobody but who runs it.
    package var control: String { "\(path)/control" }
    private var lockFile: String { "\(path)/lock" }
    private var formatFile: String { "\(path)/format" }

    /// Makes the folder ready and takes it for this process, as long as the lock lives.
    package func open() throws(StateFolderError) -> StateLock {
        // Nothing in a folder of a later version is touched, not even to take it.
        _ = try isMarked()
        try makeFolders()
        let lock = try StateLock(lockFile, of: path)
        if try !isMarked() { try write("\(Self.format)\n", to: formatFile) }
        return lock
    }

    /// Takes up a folder again from which something was removed while it was held.
    func restore(_ lock: StateLock) throws(StateFolderError) -> StateLock {
        try makeFolders()
        return lock.isInPlace ? lock : try open()
    }

    private func makeFolders() throws(StateFolderError) {
        // Workers of an nginx that root starts pass through as somebody else; keys lie in folders of their own.
        for folder in [path, generations, logs, temporaryFiles] {
            guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw .system(folder, errno) }
        }
    }

    /// Whether the folder says that its layout is one that is known here; throws where it is another.
    private func isMarked() throws(StateFolderError) -> Bool {
        guard let data = FileManager.default.contents(atPath: formatFile) else { return false }
        let format = Int(String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
        guard let format, 1...Self.format ~= format else { throw .otherFormat(path) }
        return true
    }

    /// The id that a link leads to; `nil` where there is no such generation.
    package func target(of link: String) -> String? {
        guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link) else { return nil }
        let id = (target as NSString).lastPathComponent
        return FileManager.default.fileExists(atPath: "\(generations)/\(id)/nginx.conf") ? id : nil
    }

    /// Leads a link to a generation, in one step: whoever follows it finds the old one or the new one.
    ///
    /// - Parameter lasts: Whether it waits until that would outlive a failure of the machine.
    package func point(_ link: String, to id: String, lasts: Bool = true) throws(StateFolderError) {
        guard target(of: link) != id else { return }
        let temporary = "\(link).new"
        unlink(temporary)
        guard symlink("generations/\(id)", temporary) == 0, rename(temporary, link) == 0 else {
            throw .system(link, errno)
        }
        if lasts { try Self.synchronize(path) }
    }

    /// Replaces a file as a whole.
    ///
    /// - Parameter lasts: Whether it is to outlive a failure of the machine. To wait for that costs more than the rest.
    package func write(
        _ text: String,
        to file: String,
        mode: UInt32 = 0o644,
        lasts: Bool = true
    ) throws(StateFolderError) {
        try Self.create("\(file).new", holding: Array(text.utf8), mode: mode, lasts: lasts)
        guard rename("\(file).new", file) == 0 else { throw .system(file, errno) }
    }

    /// Creates a file with its mode from the first moment.
    ///
    /// - Parameter lasts: Whether it waits until the file is on disk.
    static func create(
        _ file: String,
        holding bytes: [UInt8],
        mode: mode_t,
        lasts: Bool = true
    ) throws(StateFolderError) {
        unlink(file)
        let descriptor = Glibc.open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw .system(file, errno) }
        defer { close(descriptor) }
        // Whatever the umask took away comes back.
        guard bytes.writeAll(to: descriptor), fchmod(descriptor, mode) == 0, !lasts || fsync(descriptor) == 0 else {
            let reason = errno
            unlink(file)
            throw .system(file, reason)
        }
    }

    /// Moves a file that nobody needs any more to where another is wanted, and writes over it; returns whether that has
    /// come about.
    ///
    /// Its blocks and its pages in memory are there already: to get new ones costs several times what the writing does.
    static func recycle(_ spare: String, as file: String, holding bytes: [UInt8], mode: mode_t) -> Bool {
        var status = stat()
        // Under a second name somebody else may read it.
        guard lstat(spare, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1,
            rename(spare, file) == 0
        else { return false }
        let descriptor = Glibc.open(file, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return bytes.writeAll(to: descriptor) && ftruncate(descriptor, off_t(bytes.count)) == 0
            && fchmod(descriptor, mode) == 0 && fsync(descriptor) == 0
    }

    /// Waits until what a folder lists is on disk.
    static func synchronize(_ folder: String) throws(StateFolderError) {
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(folder, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system(folder, errno) }
    }
}

/// Holds a state folder for one process, even over a crash: the system lets go of the lock with the process.
package final class StateLock: Sendable {
    private let file: String
    private let descriptor: Int32

    fileprivate init(_ file: String, of folder: String) throws(StateFolderError) {
        self.file = file
        descriptor = Glibc.open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw .system(file, errno) }
        // Who asks whether it is held holds it too, for a moment.
        var attempts = 20
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let reason = errno
            attempts -= 1
            guard reason == EWOULDBLOCK else { throw .system(file, reason) }
            guard attempts > 0 else { throw .inUse(folder) }
            poll(nil, 0, 50)
        }
    }

    // It is called where `init` throws as well, as soon as there is a descriptor.
    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Whether the file that is locked is the one that another process would find.
    var isInPlace: Bool {
        var held = stat()
        var named = stat()
        return fstat(descriptor, &held) == 0 && lstat(file, &named) == 0
            && (held.st_ino, held.st_dev) == (named.st_ino, named.st_dev)
    }

    /// Whether a process holds the lock of a folder.
    package static func isHeld(in folder: StateFolder) -> Bool {
        let descriptor = Glibc.open("\(folder.path)/lock", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
        return false
    }
}

/// Why a state folder cannot be used.
package enum StateFolderError: Error, Hashable, CustomStringConvertible {
    case system(String, Int32)
    case inUse(String)
    case otherFormat(String)

    package var description: String {
        switch self {
        case .system(let path, EACCES):
            "\(path): \(String(cString: strerror(EACCES))); it has to be writable for user \(geteuid()), as whom this runs"
        case .system(let path, let code): "\(path): \(String(cString: strerror(code)))"
        case .inUse(let folder): "\(folder): another postern uses this state folder"
        case .otherFormat(let folder):
            "\(folder): this state folder was written by a later version of postern; nothing in it is changed"
        }
    }
}
