import FileWatching
import Glibc

/// The watches of a folder and of all below it, and what they have told.
struct FolderWatch {
    let folder: FileName
    /// Why not every folder is watched; `nil` when all are, or none is to be.
    private(set) var lastError: SystemError?
    var pending = PendingChanges()
    private var inotify: Inotify?
    private var table = WatchTable()
    /// Whether something has happened that nobody has asked about yet.
    private var hasNews = false

    init(of folder: FileName) {
        self.folder = folder
    }

    /// Begins to watch; returns `nil` where the system refuses.
    mutating func start() -> Inotify? {
        do throws(Inotify.Refusal) {
            inotify = try Inotify()
            // Who wrote before now is not known.
            pending.touchAll()
            _ = list()
        } catch {
            lastError = SystemError(error.number)
        }
        return inotify
    }

    mutating func stop() {
        inotify = nil
        table = WatchTable()
        pending.touchAll()
    }

    /// Lists the folder; each folder below it is watched before its files are listed, and those that are gone no more.
    mutating func list() -> FolderListing {
        var newer = WatchTable()
        if inotify != nil { lastError = nil }
        let listing = FolderListing(of: folder) { watch($0, in: &newer) }
        for watch in table.replace(with: newer) { inotify?.remove(watch) }
        return listing
    }

    /// Takes note of everything that has happened.
    mutating func takeEvents() {
        take(inotify?.events() ?? [])
    }

    mutating func take(_ events: [InotifyEvent]) {
        for event in events where take(event) { hasNews = true }
    }

    /// Whether something may have changed, by the events that were taken note of since the last call.
    mutating func takeChange() -> Bool {
        defer { hasNews = false }
        return hasNews
    }

    /// Returns whether something may have changed.
    private mutating func take(_ event: InotifyEvent) -> Bool {
        if event.flags.contains(.overflow) {
            pending.touchAll()
            _ = list()
            return true
        }
        guard let folder = table[event.watch] else { return false }
        if event.flags.contains(.ended) {
            table[event.watch] = nil
            return false
        }
        let path = event.name.isEmpty ? folder : folder.appending(event.name)
        switch pending.note(event, at: path, now: .now, kind: EntryKind.init) {
        case .nothing:
            return false
        case .reading:
            return true
        case .watching:
            var table = table
            _ = FolderListing(of: path) { watch($0, in: &table) }
            self.table = table
            return true
        }
    }

    private mutating func watch(_ path: FileName, in table: inout WatchTable) {
        guard let inotify else { return }
        do throws(Inotify.Refusal) {
            let flags: InotifyEvent.Flags = path == folder ? .ofFolders : [.ofFolders, .notThroughLinks]
            table[try inotify.add(path.text, for: flags)] = path
        } catch {
            // A folder that is gone or closed to us is no matter of limits; its listing says so.
            if [ENOSPC, ENOMEM, EMFILE].contains(error.number) { lastError = SystemError(error.number) }
        }
    }
}

extension InotifyEvent.Flags {
    /// All that may make a folder's manifests other ones.
    fileprivate static let ofFolders: Self = [
        .created, .modified, .closedAfterWriting, .attributes, .movedAway, .movedHere, .deleted, .folderDeleted,
        .folderMoved, .foldersOnly, .namedOnly,
    ]
}

/// Which number stands for which folder.
struct WatchTable: Sendable, Hashable {
    private var folders: [Int32: FileName] = [:]

    subscript(watch: Int32) -> FileName? {
        get { folders[watch] }
        set { folders[watch] = newValue }
    }

    /// Takes the place of an older table; returns the watches that nobody needs any more.
    mutating func replace(with newer: WatchTable) -> [Int32] {
        defer { self = newer }
        return folders.keys.filter { newer.folders[$0] == nil }
    }
}
