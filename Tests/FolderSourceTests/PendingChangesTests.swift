import FileWatching
import TestSupport
import Testing

@testable import FolderSource

@Suite struct PendingChangesTests {
    private let file = FileName("d/a.yaml")
    private let start = ContinuousClock.now

    private func event(_ flags: InotifyEvent.Flags, _ name: String = "a.yaml") -> InotifyEvent {
        InotifyEvent(watch: 1, flags: flags, name: name)
    }

    /// The changes that an event asks for, with nothing on the disk.
    private func effect(_ flags: InotifyEvent.Flags, _ name: String) -> PendingChanges.Effect {
        var pending = PendingChanges()
        return pending.note(event(flags, name), at: FileName("d/\(name)"), now: start) { _ in nil }
    }

    @Test func `a file is being written from its first change until it is closed`() {
        var pending = PendingChanges()
        _ = pending.note(event(.modified), at: file, now: start) { _ in nil }
        #expect(pending.isBeingWritten(file))
        let (first, second) = (pending.take(), pending.take())
        #expect(first == .some([file]))
        #expect(second == .some([file]), "it is still to be read")
        _ = pending.note(event(.closedAfterWriting), at: file, now: start) { _ in nil }
        #expect(!pending.isBeingWritten(file))
        let (third, fourth) = (pending.take(), pending.take())
        #expect(third == .some([file]))
        #expect(fourth == .some([]))
    }

    @Test func `nobody waits for a file longer than the limit after its last change`() {
        var pending = PendingChanges()
        pending.begin(file, at: start)
        pending.begin(file, at: start + .seconds(3))
        #expect(pending.oldestWrite == start + .seconds(3))
        let isEarly = pending.giveUp(since: start + .seconds(2))
        let isLate = pending.giveUp(since: start + .seconds(3))
        #expect(!isEarly && isLate)
        #expect(!pending.isBeingWritten(file))
    }

    @Test(arguments: ["4913", "a.yaml~", ".a.yaml.swp", "#a.yaml#", ".a.yaml", "a.txt", "..data_tmp"])
    func `an editor's temporary files ask for nothing`(_ name: String) {
        for flags in [.created, .modified, .closedAfterWriting, .deleted, .movedAway, .movedHere]
            as [InotifyEvent.Flags]
        {
            #expect(effect(flags, name) == .nothing)
        }
    }

    @Test func `a folder that comes is watched, and one that goes is read`() {
        #expect(effect([.created, .isFolder], "sub") == .watching)
        #expect(effect([.movedHere, .isFolder], "sub") == .watching)
        #expect(effect([.movedAway, .isFolder], "sub") == .reading)
        #expect(effect([.created, .isFolder], "..2026_01_01") == .nothing)
        #expect(effect(.movedHere, "..data") == .reading)
        #expect(effect(.folderDeleted, "") == .reading)
        #expect(effect(.unmounted, "") == .reading)
    }

    @Test func `after lost events all folders are watched anew`() throws {
        try TemporaryFolder.use { parent in
            let folder = try SourceFolder(parent)
            var watch = FolderWatch(of: FileName(folder.path("")))
            #expect(watch.start() != nil)
            _ = watch.pending.take()
            try folder.write(configMap("a"), to: "x/a.yaml")
            watch.take([InotifyEvent(watch: -1, flags: .overflow, name: "")])
            let isChanged = watch.takeChange()
            #expect(isChanged)
            let touched = watch.pending.take()
            #expect(touched == .all)
            watch.takeEvents()
            _ = watch.takeChange()
            try folder.write(configMap("a", "2"), to: "x/a.yaml")
            watch.takeEvents()
            let (isTold, isToldAgain) = (watch.takeChange(), watch.takeChange())
            #expect(isTold && !isToldAgain)
        }
    }

    @Test func `lost events make every file read, and nobody is waited for`() {
        var pending = PendingChanges()
        pending.begin(file, at: start)
        pending.touchAll()
        #expect(pending.oldestWrite == nil)
        let touched = pending.take()
        #expect(touched == .all)
    }
}
