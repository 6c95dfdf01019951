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
}
