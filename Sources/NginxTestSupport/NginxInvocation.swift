import Foundation

/// How to start nginx on a folder's nginx.conf so that it touches nothing that belongs to another.
struct NginxInvocation {
    let arguments: [String]
    /// Where nginx writes its process id once it listens.
    let processIDFile: URL

    /// Debian's nginx, which tests run, has the module in a file of its own.
    private static let streamModule = "/usr/lib/nginx/modules/ngx_stream_module.so"

    /// Leaves out what nginx.conf says itself, since nginx refuses a directive that is given twice.
    ///
    /// Loads the module for TCP and UDP where nginx.conf needs it and does not say so, from nginx's usual folder.
    ///
    /// `workFolder` gets the file with the process id, unless nginx.conf names another.
    init(folder: URL, workFolder: URL) throws {
        let configuration = folder.appending(path: "nginx.conf")
        let text = try String(contentsOf: configuration, encoding: .utf8)
        let own = MainDirectives(text).arguments
        var directives: [String] = []
        let loadsModule = text.contains("\nstream {") && own["load_module"] == nil
        if loadsModule, FileManager.default.fileExists(atPath: Self.streamModule) {
            directives.append("load_module \(Self.streamModule);")
        }
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
