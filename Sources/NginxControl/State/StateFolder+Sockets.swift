import Foundation

extension StateFolder {
    /// Makes the folder of the sockets at which nginx hands connections to itself.
    ///
    /// nginx lets everybody connect to a socket who gets to it, and whoever does is believed to be any client: only those get
    /// there who start nginx, and its workers.
    func prepareSockets(for workers: WorkerGroup) throws(StateFolderError) {
        guard mkdir(sockets, 0o700) == 0 || errno == EEXIST else { throw .system(sockets, errno) }
        var found = stat()
        guard lstat(sockets, &found) == 0 else { throw .system(sockets, errno) }
        let mode: mode_t = workers.identifier == nil ? 0o700 : 0o710
        let group = workers.identifier ?? found.st_gid
        // A folder that cannot be written is left as it is where that will do.
        guard found.st_mode != S_IFDIR | mode || found.st_gid != group else { return }
        guard lchown(sockets, uid_t.max, group) == 0, chmod(sockets, mode) == 0 else { throw .system(sockets, errno) }
    }

    /// Makes the folder of the socket of nginx's control API; returns whether there is one that is ours alone.
    func prepareControl() -> Bool {
        guard mkdir(control, 0o700) == 0 || errno == EEXIST else { return false }
        guard !holdsControlSockets else { return true }
        // A link in its place leads to what is not ours to change.
        let descriptor = Glibc.open(control, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fchmod(descriptor, 0o700) == 0 && holdsControlSockets
    }

    /// Whether nobody else gets to what is in the folder of the control API's socket, or can put another in its place.
    var holdsControlSockets: Bool {
        var found = stat()
        return lstat(control, &found) == 0 && found.st_mode == S_IFDIR | 0o700 && found.st_uid == geteuid()
    }

    /// The sockets in that folder.
    var controlSockets: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: control)) ?? []
        return names.filter { $0.hasSuffix(".sock") }.map { "\(control)/\($0)" }
    }
}
