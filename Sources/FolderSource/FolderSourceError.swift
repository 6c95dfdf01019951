import Diagnostics
import Glibc

/// Why a folder cannot be watched at all.
package enum FolderSourceError: Error, Hashable, CustomStringConvertible {
    case noSuchFolder(String)
    case isFile(String)
    case unreadable(String, SystemError)

    package var description: String {
        switch self {
        case .noSuchFolder(let folder): "\(folder.printable): no such folder"
        case .isFile(let folder): "\(folder.printable) is a file, not a folder"
        case .unreadable(let folder, let error): "\(folder.printable): \(error)"
        }
    }

    init(_ error: SystemError, folder: String) {
        self =
            switch error.number {
            case ENOENT: .noSuchFolder(folder)
            case ENOTDIR: .isFile(folder)
            default: .unreadable(folder, error)
            }
    }
}
