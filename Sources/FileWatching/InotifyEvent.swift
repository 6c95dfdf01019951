import Glibc

/// One thing that has happened to a watched file, or in a watched folder.
package struct InotifyEvent: Sendable, Hashable {
    package struct Flags: OptionSet, Sendable, Hashable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) { self.rawValue = rawValue }

        package static let created = Flags(rawValue: UInt32(IN_CREATE))
        package static let opened = Flags(rawValue: UInt32(IN_OPEN))
        package static let modified = Flags(rawValue: UInt32(IN_MODIFY))
        package static let closedAfterWriting = Flags(rawValue: UInt32(IN_CLOSE_WRITE))
        package static let attributes = Flags(rawValue: UInt32(IN_ATTRIB))
        package static let movedAway = Flags(rawValue: UInt32(IN_MOVED_FROM))
        package static let movedHere = Flags(rawValue: UInt32(IN_MOVED_TO))
        package static let deleted = Flags(rawValue: UInt32(IN_DELETE))
        package static let folderDeleted = Flags(rawValue: UInt32(IN_DELETE_SELF))
        package static let folderMoved = Flags(rawValue: UInt32(IN_MOVE_SELF))

        package static let isFolder = Flags(rawValue: UInt32(IN_ISDIR))
        /// The watch has ended.
        package static let ended = Flags(rawValue: UInt32(IN_IGNORED))
        /// More has happened than the system remembers.
        package static let overflow = Flags(rawValue: UInt32(IN_Q_OVERFLOW))
        package static let unmounted = Flags(rawValue: UInt32(IN_UNMOUNT))

        package static let notThroughLinks = Flags(rawValue: UInt32(IN_DONT_FOLLOW))
        package static let foldersOnly = Flags(rawValue: UInt32(IN_ONLYDIR))
        /// Nothing of files that have no name any more.
        package static let namedOnly = Flags(rawValue: UInt32(IN_EXCL_UNLINK))
    }

    /// The number of what is watched.
    package var watch: Int32
    package var flags: Flags
    /// The entry of a folder; empty for what is watched itself.
    package var name: String

    package init(watch: Int32, flags: Flags, name: String) {
        (self.watch, self.flags, self.name) = (watch, flags, name)
    }

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
