import Foundation
import NginxRendering
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// Which `location` blocks say what the locations of a server say.
struct LoweringTests {
    /// The matches of the blocks, as they stand in the file.
    private func blocks(_ paths: [PathMatch]) throws -> [String] {
        let locations = try paths.enumerated().map { try proxy($1, to: "u\($0)") }
        return try renderer().render(configuration([server("*", locations)])).directives()
            .named("location").map { $0.arguments.joined(separator: " ") }
    }

    @Test func `a prefix is a block for itself and one for what is below it`() throws {
        #expect(try blocks([prefix("/a")]) == ["= /a", "/a/", "/"])
        #expect(try blocks([prefix("/a/b"), prefix("/a")]) == ["= /a/b", "/a/b/", "= /a", "/a/", "/"])
    }

    @Test func `an exact path is a block, and one more for what nginx would redirect to it`() throws {
        #expect(try blocks([exact("/a")]) == ["= /a", "/"])
        #expect(try blocks([exact("/a/")]) == ["= /a/", "= /a", "/"])
        #expect(try blocks([exact("/")]) == ["= /", "/"])
    }

    @Test func `no block stands twice`() throws {
        #expect(try blocks([exact("/a/"), exact("/a"), prefix("/a")]) == ["= /a/", "= /a", "/a/", "/"])
        #expect(try blocks([exact("/a/"), prefix("/a")]) == ["= /a/", "= /a", "/a/", "/"])
        #expect(try blocks([exact("/a"), prefix("/a")]) == ["= /a", "/a/", "/"])
    }

    @Test func `one expression makes all of them expressions, but the last`() throws {
        #expect(
            try blocks([expression("/a+"), exact("/b.c"), prefix("/d"), expression("/x|/y"), exact("/e/")]) == [
                "~* ^/a+", "~ ^/b\\.c\\z", "~ ^/d(?:/|\\z)", "~* ^(?:/x|/y)", "~ ^/e/\\z", "/",
            ]
        )
    }

    @Test func `an expression that matches nothing is left out`() throws {
        #expect(try blocks([expression("(*UTF)/a"), exact("/b")]) == ["~ ^/b\\z", "/"])
    }

    @Test(arguments: [(250, false), (251, true)])
    func `a path longer than nginx can compare is an expression`(_ length: Int, _ isExpression: Bool) throws {
        let path = "/" + String(repeating: "a", count: length - 1)
        let expected = isExpression ? ["~ ^\(path)(?:/|\\z)", "/"] : ["= \(path)", "\(path)/", "/"]
        #expect(try blocks([prefix(path)]) == expected)
    }

    @Test func `very many blocks stand in the order that nginx gives them`() throws {
        let paths = (0..<300).flatMap { ["/app/\($0)", "/app-\($0)"] }
        let found = try blocks(paths.map(prefix))
        #expect(found.count == 1_201)
        #expect(found.starts(with: ["/", "= /app/0", "/app/0/", "= /app/1", "/app/1/", "= /app/10", "/app/10/"]))
        #expect(found.suffix(4) == ["= /app-98", "/app-98/", "= /app-99", "/app-99/"])
    }

    /// Each subset of some paths of every kind, in the order of precedence.
    private static func subsets() throws -> [[PathMatch]] {
        let long = "/" + String(repeating: "l", count: 300)
        let paths = try [
            prefix(long), exact(long + "/"), exact("/a/b/"), prefix("/a/b"), exact("/a/"), exact("/a"), prefix("/a"),
            expression("/[bc]"), exact("/"),
        ]
        return (0..<(1 << paths.count)).map { bits in
            paths.indices.filter { bits & (1 << $0) != 0 }.map { paths[$0] }
        }
    }

    private static let targets = [
        "/", "/a", "/a/", "/a/x", "/ax", "/A", "/a/b", "/a/b/", "/a/b/x", "/a/bx", "/b", "/Bx", "/x", "//", "/a//",
        "/a/b/../", "/a/%62", "/" + String(repeating: "l", count: 300), "/" + String(repeating: "l", count: 300) + "/",
        "/" + String(repeating: "l", count: 300) + "/x", "/" + String(repeating: "l", count: 301),
    ]

    @Test func `nginx chooses the location that the model does, and redirects nothing of its own`() async throws {
        let subsets = try Self.subsets()
        let address = try LoopbackAddress.unique().description
        let servers = try subsets.enumerated().map { index, paths in
            try server(
                "h\(index).example",
                paths.enumerated().map { number, path in
                    Location(path: path, action: .status(try #require(StatusCode(210 + number))))
                }
            )
        }
        var model = try configuration(servers.sorted { $0.host < $1.host })
        model.process.accessLog = nil
        model.process.temporaryFolder = FilePath("temporary")
        model.listeners = [
            Listener(.http, at: .internet(try #require(IPAddress(address)), try #require(PortNumber(8080))))
        ]
        let text = try renderer().render(model).configurationText
            .replacing(#/ *ssl_certificate[^;]*;/#, with: "")
        try await TemporaryFolder.use { folder in
            try FileManager.default.createDirectory(
                at: folder.appending(path: "temporary"),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: folder.appending(path: "nginx.conf"))
            try await LiveNginx.run(in: folder) { _ in
                for (index, paths) in subsets.enumerated() {
                    let answers = try await statuses(Self.targets, of: "h\(index).example", at: address)
                    let decisions = Self.targets.map { target in
                        switch model.route(Request(host: "h\(index).example", target: target)).outcome {
                        case .answered(let status): status.value
                        default: 0
                        }
                    }
                    #expect(answers == decisions, "\(paths)")
                }
            }
        }
    }

    /// The statuses of requests that are sent over one connection.
    private func statuses(_ targets: [String], of host: String, at address: String) async throws -> [Int] {
        try await RawConnection.use(to: address, port: 8080) { connection in
            var statuses: [Int] = []
            for target in targets {
                try await connection.write(Array("GET \(target) HTTP/1.1\r\nHost: \(host)\r\n\r\n".utf8))
                let head = try await connection.readHead()
                statuses.append(Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0)
                let length = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length: ") }
                _ = try await connection.read(length.flatMap { Int($0.dropFirst(16)) } ?? 0)
            }
            return statuses
        }
    }
}
