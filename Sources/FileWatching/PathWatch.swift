/// Says when something happens to a file or in a folder, so that nobody has to look again and again.
package struct PathWatch: Sendable {
    private let inotify: Inotify?

    /// Can be read once something has happened; `nil` where the system watches nothing more, or there is nothing.
    package var descriptor: Int32? { inotify?.descriptor }

    private init(_ path: String, for events: InotifyEvent.Flags) {
        let inotify = try? Inotify()
        let isWatched = (try? inotify?.add(path, for: events)) != nil
        self.inotify = isWatched ? inotify : nil
    }

    /// Watches for files that are made in a folder.
    package static func newFiles(in folder: String) -> PathWatch { PathWatch(folder, for: [.created, .movedHere]) }

    /// Watches for a file that is opened or written to.
    package static func use(of file: String) -> PathWatch { PathWatch(file, for: [.opened, .modified]) }

    /// Returns whether something has happened since this was asked last.
    package func hasEvents() -> Bool { !(inotify?.events() ?? []).isEmpty }
}
