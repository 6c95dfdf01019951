import Foundation
import NginxRendering
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// nginx finds servers by name without complaint, however many there are.
struct ServerNamesTests {
    @Test(arguments: [1, 48, 49, 100, 101, 600, 5_000], [10, 60, 200])
    func `nginx has room for all names`(_ count: Int, _ length: Int) async throws {
        let servers =
            try [server("*")]
            + (0..<count).map { index in
                // As different as the names of a cluster are: nginx hashes those that count up evenly.
                let name = String((UInt64(index) &+ 1) &* 0x9E37_79B9_7F4A_7C15, radix: 36)
                var rest = max(0, length - name.utf8.count)
                var labels: [String] = [name]
                while rest > 0 {
                    labels.append(String(repeating: "x", count: min(rest, 60)))
                    rest -= 61
                }
                return try server(labels.joined(separator: "."))
            }
        var model = try configuration(servers)
        model.listeners = model.listeners.filter { $0.scheme == .http }
        model.process.accessLog = nil
        let text = try renderer().render(model).configurationText.replacing(#/ *ssl_certificate[^;]*;/#, with: "")
        try await TemporaryFolder.use { folder in
            try Data(text.utf8).write(to: folder.appending(path: "nginx.conf"))
            let (ok, output) = try await nginxTest(folder)
            #expect(ok && !output.contains("[warn]"), "\(output)")
        }
    }

    @Test func `a few short names need no setting`() throws {
        let directives = try renderer().render(configuration([server("*"), server("a.example")])).directives()
        #expect(directives.named("server_names_hash_max_size").isEmpty)
        #expect(directives.named("server_names_hash_bucket_size").isEmpty)
    }
}
