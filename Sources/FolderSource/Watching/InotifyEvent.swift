import Glibc

/// One thing that has happened in a watched folder.
struct InotifyEvent: Sendable, Hashable {
    struct Flags: OptionSet, Sendable, Hashable {
        let rawValue: UInt32

        static let created = Flags(rawValue: UInt32(IN_CREATE))
        static let modified = Flags(rawValue: UInt32(IN_MODIFY))
        static let closedAfterWriting = Flags(rawValue: UInt32(IN_CLOSE_WRITE))
        static let attributes = Flags(rawValue: UInt32(IN_ATTRIB))
        static let movedAway = Flags(rawValue: UInt32(IN_MOVED_FROM))
        static let movedHere = Flags(rawValue: UInt32(IN_MOVED_TO))
        static let deleted = Flags(rawValue: UInt32(IN_DELETE))
        static let folderDeleted = Flags(rawValue: UInt32(IN_DELETE_SELF))
        static let folderMoved = Flags(rawValue: UInt32(IN_MOVE_SELF))

        static let isFolder = Flags(rawValue: UInt32(IN_ISDIR))
        /// The watch has ended.
        static let ended = Flags(rawValue: UInt32(IN_IGNORED))
        /// More has happened than the system remembers.
        static let overflow = Flags(rawValue: UInt32(IN_Q_OVERFLOW))
        static let unmounted = Flags(rawValue: UInt32(IN_UNMOUNT))

        static let notThroughLinks = Flags(rawValue: UInt32(IN_DONT_FOLLOW))
        static let wanted: Flags = [
            created, modified, closedAfterWriting, attributes, movedAway, movedHere, deleted, folderDeleted,
            folderMoved, Flags(rawValue: UInt32(IN_ONLYDIR)), Flags(rawValue: UInt32(IN_EXCL_UNLINK)),
        ]
    }

    /// The number of the watched folder.
    var watch: Int32
    var flags: Flags
    /// The entry of the folder; empty for the folder itself.
    var name: String

    /// Takes apart what the system writes: records of four numbers, the last of which is the length of a name.
    static func events(in bytes: ArraySlice<UInt8>) -> [InotifyEvent] {
        var events: [InotifyEvent] = []
        var rest = bytes
        while rest.count >= 16 {
            let length = Int(number(in: rest.dropFirst(12)))
            guard rest.count >= 16 + length else { break }
            let name = rest.dropFirst(16).prefix(length).prefix { $0 != 0 }
            events.append(
                InotifyEvent(
                    watch: Int32(bitPattern: number(in: rest)),
                    flags: Flags(rawValue: number(in: rest.dropFirst(4))),
                    name: String(decoding: name, as: UTF8.self)
                )
            )
            rest = rest.dropFirst(16 + length)
        }
        return events
    }

    private static func number(in bytes: ArraySlice<UInt8>) -> UInt32 {
        unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(as: UInt32.self) }
    }
}
