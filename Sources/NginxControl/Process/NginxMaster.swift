import Foundation

/// The master process of the nginx that serves.
struct NginxMaster: Sendable, Hashable {
    let entry: ProcessEntry

    /// Finds the nginx that a file with a process id names.
    ///
    /// Returns `nil` where there is no file, where nobody has the number, and where somebody has it who is no nginx:
    /// a file outlives its process, and the number may be anybody's since.
    ///
    /// - Parameter configuration: The file that it must have been started with; `nil` takes any nginx.
    init?(processIDFile: String, startedWith configuration: String?) {
        guard let number = Self.number(in: processIDFile), let entry = ProcessEntry(number), entry.isNginxMaster else {
            return nil
        }
        if let configuration, !entry.isNginx(startedWith: configuration) { return nil }
        self.entry = entry
    }

    /// Finds the nginx that was started with a configuration by the same user, whatever became of its file.
    init?(startedWith configuration: String) {
        let found = ProcessEntry.all().first { $0.isNginxMaster && $0.isNginx(startedWith: configuration) }
        guard let found else { return nil }
        entry = found
    }

    /// The number in a file with a process id, whoever has it now.
    static func number(in file: String) -> Int32? {
        guard let data = FileManager.default.contents(atPath: file) else { return nil }
        return Int32(String(decoding: data.prefix(32), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }

    var isAlive: Bool { entry.isAlive }

    /// The workers that live now, those that are shutting down among them.
    var workers: [ProcessEntry] { entry.children.filter(\.isNginxWorker) }

    /// The workers that a master has left behind, which hold on to its sockets.
    ///
    /// A master that became a daemon led a session, to which its workers still belong.
    static func orphans(of master: Int32) -> [ProcessEntry] {
        ProcessEntry.all { $0.session == master && $0.parent != master }.filter(\.isNginxWorker)
    }
}

extension ProcessEntry {
    /// Whether the process says of itself that it is an nginx with this configuration, and is the same user's.
    fileprivate func isNginx(startedWith configuration: String) -> Bool {
        var status = stat()
        return "\(title) ".contains(" -c \(configuration) ") && stat("/proc/\(processIdentifier)", &status) == 0
            && status.st_uid == geteuid()
    }
}
