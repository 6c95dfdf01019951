import Glibc

/// The names of what is in a folder, in the order in which it is read.
struct FolderEntries {
    private(set) var names: [String] = []
    /// How names read that are not UTF-8, and so cannot be opened by what they read as.
    private(set) var unreadableNames: [String] = []

    init(of folder: FileName) throws(SystemError) {
        guard let stream = unsafe opendir(folder.text) else { throw .last }
        defer { unsafe closedir(stream) }
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            let (name, isRepaired) = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { characters in
                    let repaired = unsafe String(cString: characters)
                    return unsafe (repaired, String(validatingCString: characters) == nil)
                }
            }
            if isRepaired { unreadableNames.append(name) } else { names.append(name) }
        }
        guard errno == 0 else { throw .last }
        names.sort { $0 == $1 ? $0.utf8.lexicographicallyPrecedes($1.utf8) : $0 < $1 }
        unreadableNames.sort()
    }
}
