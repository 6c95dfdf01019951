import Foundation

/// How to start nginx on a folder's nginx.conf so that it touches nothing that belongs to another.
struct NginxInvocation {
    let arguments: [String]
    /// Where nginx writes its process id once it listens.
    let processIDFile: URL

    /// Leaves out what nginx.conf says itself, since nginx refuses a directive that is given twice.
    ///
    /// `workFolder` gets the file with the process id, unless nginx.conf names another.
    init(folder: URL, workFolder: URL) throws {
        let configuration = folder.appending(path: "nginx.conf")
        let own = try MainDirectives(String(contentsOf: configuration, encoding: .utf8)).arguments
        var directives: [String] = []
        if own["daemon"] == nil { directives.append("daemon off;") }
        if own["master_process"] == nil { directives.append("master_process on;") }
        if let path = own["pid"]?.first {
            processIDFile = path.hasPrefix("/") ? URL(filePath: path) : folder.appending(path: path)
        } else {
            processIDFile = workFolder.appending(path: "nginx.pid")
            directives.append("pid \"\(processIDFile.path(percentEncoded: false))\";")
        }
        arguments = [
            "-p", folder.path(percentEncoded: false), "-c", configuration.path(percentEncoded: false), "-e", "stderr",
            "-g", directives.joined(separator: " "),
        ]
    }
}
