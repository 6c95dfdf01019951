import FileWatching

extension PendingChanges {
    /// The changes that an event asks for.
    enum Effect: Sendable, Hashable {
        case nothing
        case reading
        /// A folder has come: watch it and all below it, then read.
        case watching
    }

    /// Takes note of an event of the entry at `path`; `kind` tells what stands there now.
    mutating func note(
        _ event: InotifyEvent,
        at path: FileName,
        now: ContinuousClock.Instant,
        kind: (FileName) -> EntryKind?
    ) -> Effect {
        let flags = event.flags
        // The link that is replaced when a mounted ConfigMap changes: every file beside it leads through it.
        if event.name == "..data" { return .reading }
        if flags.contains(.isFolder), !event.name.isEmpty {
            if event.name.hasPrefix(".") { return .nothing }
            return flags.isDisjoint(with: [.created, .movedHere]) ? .reading : .watching
        }
        if event.name.isEmpty {
            let itself: InotifyEvent.Flags = [.attributes, .folderDeleted, .folderMoved, .unmounted]
            return flags.isDisjoint(with: itself) ? .nothing : .reading
        }
        guard FolderListing.isManifest(event.name) else { return .nothing }
        if flags.contains(.modified) || flags.contains(.created) && kind(path)?.isNewFile == true {
            begin(path, at: now)
        } else if flags.contains(.attributes) {
            touch(path)
        } else {
            end(path)
        }
        return .reading
    }
}
