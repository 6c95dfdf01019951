import Foundation

/// The traces of a proof in its folder and on the machine.
enum Remains {
    /// Files in a folder, sockets among them, and processes that name it.
    static func of(_ folder: String) throws -> [String] {
        let files = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { process in
            let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
            return String(decoding: words, as: UTF8.self).contains(folder + "/")
        }
        return files + processes
    }
}
