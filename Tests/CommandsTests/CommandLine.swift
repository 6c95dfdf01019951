import Foundation
import TestSupport
import Testing

/// A folder of manifests, and the program run in it.
struct CommandLine {
    private let folder: URL
    private let program: Tool

    /// Writes files, by name, to a folder of their own.
    static func use<Result>(_ files: [String: String] = [:], _ body: (CommandLine) async throws -> Result) async throws
        -> Result
    {
        try await TemporaryFolder.use { folder in
            let commandLine = CommandLine(folder: folder, program: try Tool(built: "postern"))
            for (name, text) in files { try commandLine.write(text, to: name) }
            return try await body(commandLine)
        }
    }

    func write(_ text: String, to name: String) throws {
        let url = folder.appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
    }

    func run(_ arguments: String..., input: String = "") async throws -> Tool.Outcome {
        try await program.run(arguments, input: input, in: folder)
    }

    func run(_ arguments: [String]) async throws -> Tool.Outcome {
        try await program.run(arguments, in: folder)
    }

    func text(of name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    /// The permission bits of a file or folder.
    func mode(of name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)[.posixPermissions] as? Int
    }

    /// Makes a state folder in which manifests serve, as `postern run` would leave it.
    func serve(_ manifests: String, in state: String) async throws {
        let outcome = try await run("render", "--output", "\(state)/generations/served", manifests)
        #expect(outcome.status == 0, "\(outcome.errors)")
        try write(#"{"id": "served", "files": []}"#, to: "\(state)/generations/served/generation.json")
        try FileManager.default.createSymbolicLink(
            atPath: path("\(state)/current"),
            withDestinationPath: "generations/served"
        )
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    func git(_ arguments: String...) async throws { try await git(arguments) }

    private func git(_ arguments: [String]) async throws {
        let outcome = try await Tool("git").run(["-C", path(".")] + arguments)
        #expect(outcome.status == 0, "git \(arguments)")
    }

    /// Commits all files as they are.
    func commit(_ message: String) async throws {
        try await git("add", "--all")
        let author = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
        try await git(author + ["commit", "--quiet", "--allow-empty", "--message=\(message)"])
    }
}

/// An Ingress of class nginx with one path.
func ingress(_ name: String = "web", host: String = "shop.example", path: String = "/", more: String = "") -> String {
    """
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: \(name)
      namespace: shop
    spec:
      ingressClassName: nginx
    \(more)
      rules:
      - host: \(host)
        http:
          paths:
          - path: \(path)
            pathType: Prefix
            backend: {service: {name: \(name), port: {number: 80}}}

    """
}
