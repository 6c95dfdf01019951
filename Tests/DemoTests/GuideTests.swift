import Foundation
import Subprocess
import TestSupport
import Testing

/// The output of `postern demo`, taken at its word.
@Suite(.timeLimit(.minutes(10)))
struct GuideTests {
    @Test func `each line to try, pasted into a shell, brings the answer that is printed above it`() async throws {
        try await TemporaryFolder.use { folder in
            let end = try await DemoRun.use(in: folder) { demo in
                let tries = Self.tries(in: demo.guide)
                #expect(tries.count >= 6)
                for (outcome, commandLine) in tries {
                    let answer = try await Tool("sh").run(["-c", commandLine]).text
                    #expect(Self.agrees(answer, with: outcome), "\(commandLine)\n\(answer)")
                }
            }
            #expect(end.status == .exited(0))
        }
    }

    @Test func `without options it finds ports, and the printed addresses answer`() async throws {
        try await TemporaryFolder.use { folder in
            _ = try await DemoRun.use([], in: folder) { demo in
                let addresses = demo.guide.matches(of: /\s(https?:\/\/127.0.0.1:\d+)\n/).map { String($0.1) }
                for address in addresses {
                    let answer = try await Tool("curl").run(["--noproxy", "*", "--insecure", "--include", address])
                    #expect(answer.text.contains("404"), "\(address): \(answer.errors)")
                }
                #expect(demo.guide.contains("\n    http://127.0.0.1:"))
                #expect(demo.guide.contains("\n    https://127.0.0.1:"))
            }
        }
    }

    @Test func `it shows what became of each Ingress, as it stands in nginx.conf`() async throws {
        try await TemporaryFolder.use { folder in
            _ = try await DemoRun.use(in: folder) { demo in
                let configuration = try demo.configuration
                let sections = demo.guide.components(separatedBy: "\nIngress ").dropFirst()
                #expect(sections.count >= 4)
                for section in sections {
                    let names = section.matches(of: /server_name (.+);/).map { $0.1 }
                    let backends = section.matches(of: /proxy_pass (\S+);/).map { $0.1 }
                    #expect(!names.isEmpty && !backends.isEmpty, "\(section)")
                    for directive in names.map({ "server_name \($0);" }) + backends.map({ "proxy_pass \($0);" }) {
                        #expect(configuration.contains(directive))
                    }
                }
                let location = "location ~* (*NO_JIT)(*LIMIT_MATCH=16384)^/api(/|$)(.*)"
                #expect(demo.guide.contains("\(location) { set $proxy_upstream_name demo-api-80; rewrite"))
            }
        }
    }

    @Test func `the files that it names are there, and hold no key but for nginx`() async throws {
        try await TemporaryFolder.use { folder in
            _ = try await DemoRun.use(in: folder) { demo in
                let paths = demo.guide.matches(of: /\n    (\/\S+)/)
                #expect(paths.count == 3)
                for match in paths {
                    #expect(FileManager.default.fileExists(atPath: String(match.1)), "\(match.1)")
                }
                let keys = try demo.folder.appending(path: "tls/demo.account-tls.pem").path(percentEncoded: false)
                let mode = try FileManager.default.attributesOfItem(atPath: keys)[.posixPermissions] as? Int
                #expect(mode == 0o600)
            }
        }
    }

    /// The command lines, each with the line above it.
    private static func tries(in guide: String) -> [(outcome: String, commandLine: String)] {
        let lines = guide.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        return zip(lines, lines.dropFirst()).filter { $1.hasPrefix("curl ") }
    }

    private static func agrees(_ answer: String, with outcome: String) -> Bool {
        if let redirect = outcome.wholeMatch(of: /308 to (\S+), .+/) {
            return answer.contains(" 308 ") && answer.contains("Location: \(redirect.1)\r\n")
        }
        guard let backend = outcome.prefixMatch(of: /(\w+) answers/) else { return false }
        let target = outcome.firstMatch(of: /sees (\S+):/).map(\.1) ?? ""
        return answer.contains("backend: \(backend.1)\n") && answer.contains("\(target) HTTP/1.1\n")
    }
}
