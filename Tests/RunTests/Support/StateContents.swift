import ControllerTestSupport
import Crypto
import Foundation
import NginxControl
import NginxRendering

extension ControllerSite {
    /// The id that a link in the state folder leads to; `nil` where there is no generation.
    func generation(at link: String) -> String? {
        guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(state)/\(link)"),
            !stateText("\(link)/generation.json").isEmpty
        else { return nil }
        return URL(filePath: target).lastPathComponent
    }

    /// Whether a link leads to a generation with every file as its record says.
    func isWhole(at link: String) -> Bool {
        guard let record = try? JSONDecoder().decode(Record.self, from: Data(stateText("\(link)/generation.json").utf8))
        else { return false }
        return record.id == generation(at: link)
            && record.files.contains { $0.path == "nginx.conf" }
            && record.files.allSatisfy { file in
                let content = FileManager.default.contents(atPath: "\(state)/\(link)/\(file.path)") ?? Data()
                return ContentDigest(of: content).text == file.digest
            }
    }

    /// The names of the generations on disk, hidden ones among them.
    var generations: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(state)/generations")) ?? []).sorted()
    }

    /// The generation that nginx answers for; `nil` where it does not answer.
    var liveGeneration: String? { StatusClient(socket: "\(state)/status.sock").generation() }

    /// The SHA-256 of a file, in hexadecimal.
    static func digest(of path: String) throws -> String {
        let content = try Data(contentsOf: URL(filePath: path))
        return String(SHA256.hash(data: content).description.dropFirst("SHA256 digest: ".count))
    }

    private struct Record: Decodable {
        struct File: Decodable {
            var path: String
            var digest: String
        }

        var id: String
        var files: [File]
    }
}
