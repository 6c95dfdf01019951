import Foundation
import TestSupport
import Testing

/// What `postern diff` compares of a git repository.
struct GitDiffTests {
    private static func manifest(_ service: String, host: String = "shop.example") -> String {
        ingress(service, host: host).replacing("  name: \(service)\n  namespace", with: "  name: web\n  namespace")
    }

    /// A repository with a branch that changes `deploy/web.yaml`, and a main that has got `deploy/more.yaml` since.
    private func inRepository(_ body: (CommandLine) async throws -> Void) async throws {
        try await CommandLine.use(["deploy/web.yaml": Self.manifest("one")]) { shell in
            try await shell.git("init", "--quiet", "--initial-branch=main")
            try await shell.commit("one")
            try await shell.git("checkout", "--quiet", "-b", "branch")
            try shell.write(Self.manifest("two"), to: "deploy/web.yaml")
            try await shell.commit("two")
            try await shell.git("checkout", "--quiet", "main")
            try shell.write(
                Self.manifest("more", host: "more.example").replacing("name: web\n", with: "name: more\n"),
                to: "deploy/more.yaml"
            )
            try await shell.commit("more")
            try await body(shell)
        }
    }

    @Test func `three dots are what the branch changes, whatever its base has got since`() async throws {
        try await inRepository { shell in
            let both = try await shell.run("diff", "--git", "main..branch", "deploy")
            #expect(both.text.hasPrefix("1 route changes, 1 vanishes; 0 same"))
            let branch = try await shell.run("diff", "--git", "main...branch", "deploy")
            #expect(branch.text.hasPrefix("1 route changes; 0 same"))
            #expect(branch.text.contains("one:80 -> two:80"))
            try await shell.git("checkout", "--quiet", "branch")
            let head = try await shell.run("diff", "--git", "main...", "--format", "unified", "deploy")
            #expect(head.text.contains("+++ HEAD:deploy/nginx.conf"))
            #expect(
                try await shell.run("diff", "--git", "main...branch", "--exit-code", "danger", "deploy").status == 0
            )
            #expect(try await shell.run("diff", "--git", "...branch", "deploy").status == 2)
        }
    }

    @Test func `commits that have nothing in common are said to be so`() async throws {
        try await inRepository { shell in
            try await shell.git("checkout", "--quiet", "--orphan", "other")
            try await shell.commit("other")
            let outcome = try await shell.run("diff", "--git", "main...other", "deploy")
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("main and other have no commit in common here"))
        }
    }

    @Test func `what is deleted in the working tree has vanished`() async throws {
        try await inRepository { shell in
            try FileManager.default.removeItem(atPath: shell.path("deploy/more.yaml"))
            let file = try await shell.run("diff", "--git", "HEAD", "deploy/more.yaml")
            #expect(file.text.hasPrefix("1 route vanishes; 0 same"), "\(file.errors)")
            try FileManager.default.removeItem(atPath: shell.path("deploy/web.yaml"))
            let empty = try await shell.run("diff", "--git", "HEAD", "deploy")
            #expect(empty.text.hasPrefix("2 routes vanish; 0 same"), "\(empty.errors)")
            try FileManager.default.removeItem(atPath: shell.path("deploy"))
            for path in ["deploy", "deploy/", "."] {
                let folder = try await shell.run("diff", "--git", "HEAD", path)
                #expect(folder.text.hasPrefix("2 routes vanish; 0 same"), "\(path): \(folder.errors)")
            }
            let within = try await shell.run("diff", "--git", "HEAD", "deploy/more.yaml")
            #expect(within.text.hasPrefix("1 route vanishes; 0 same"), "\(within.errors)")
            let nothing = try await shell.run("diff", "--git", "HEAD", "deplyo")
            #expect(nothing.status == 2)
            let both = try await shell.run("diff", "--git", "HEAD~1..HEAD", "deplyo")
            #expect(both.status == 2 && both.errors.contains("deplyo has no manifest on either side"))
        }
    }

    @Test func `names with spaces and of other scripts are found`() async throws {
        try await inRepository { shell in
            try await shell.git("mv", "deploy", "dé ploy")
            try await shell.commit("moved")
            let moved = try await shell.run("diff", "--git", "HEAD~1..HEAD", ".")
            #expect(moved.status == 0 && moved.text.isEmpty)
            let outcome = try await shell.run("diff", "--git", "branch..HEAD", "dé ploy")
            #expect(outcome.text.contains("dé ploy/web.yaml:"))
        }
    }

    @Test func `the settings of the repository count`() async throws {
        try await inRepository { shell in
            let own = ingress("in", host: "in.example").replacing("Name: nginx", with: "Name: internal")
            try shell.write(own, to: "deploy/in.yaml")
            try await shell.commit("in")
            try shell.write(own.replacing("number: 80", with: "number: 81"), to: "deploy/in.yaml")
            try shell.write(Self.manifest("three"), to: "deploy/web.yaml")
            try await shell.commit("both")
            try shell.write("input: {ingress-class: internal}\n", to: ".postern.yaml")
            let diff = try await shell.run("diff", "--git", "HEAD~1..HEAD", "deploy").text
            #expect(diff.hasPrefix("1 route changes; 0 same") && diff.contains("in:80 -> in:81"), "\(diff)")
            let rendered = try await shell.run("render", "deploy").text
            #expect(rendered.contains("server_name in.example") && !rendered.contains("server_name shop.example"))
            let explained = try await shell.run("explain", "http://shop.example/", "deploy").text
            #expect(explained.contains("answer    404"), "\(explained)")
            let named = try await shell.run("diff", "--ingress-class", "nginx", "--git", "HEAD~1..HEAD", "deploy").text
            #expect(named.hasPrefix("1 route changes; 1 same") && named.contains("one:80 -> three:80"), "\(named)")
        }
    }

    @Test func `codes that the repository ignores are no news`() async throws {
        let wrong = ingress().replacing(
            "  namespace: shop\n",
            with: "  namespace: shop\n  annotations: {nginx.ingress.kubernetes.io/rewrit-target: /}\n"
        ).replacing("port: {number: 80}", with: "port: {number: 81}")
        let files = ["a/web.yaml": ingress(), "b/web.yaml": wrong]
        try await CommandLine.use(files) { shell in
            #expect(try await shell.run("diff", "a", "b").text.contains("[annotation-unknown]"))
            try shell.write("check: {ignore: annotation-unknown}\n", to: ".postern.yaml")
            let outcome = try await shell.run("diff", "a", "b")
            #expect(outcome.status == 1 && !outcome.text.contains("[annotation-unknown]"))
        }
    }
}
