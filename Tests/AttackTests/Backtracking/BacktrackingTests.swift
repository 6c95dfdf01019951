import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// Regular expressions that try so many ways to match that nginx could do nothing else.
@Suite(.timeLimit(.minutes(10)))
struct BacktrackingTests {
    /// So many of them on one host, each another one: that is the work of one request without a limit of steps.
    private static let hostile = (1...200).map { "/(a+)+[xyz]{1,\($0)}$" }

    @Test func `hold up neither the requests of other hosts nor the changes of other tenants`() async throws {
        try await ControllerSite.use { site in
            try site.write(HostOwner.ingressClass, to: "class.yaml")
            try site.write(HostOwner(name: "good", appRoot: "/1").manifest, to: "good.yaml")
            // The literal path has Postern's own routing function ask every expression.
            let paths = [HostOwner.Path("/aaaaaaaaaaaaaaaaaaaaaaaa", "Prefix")]
            let bad = HostOwner(
                name: "bad",
                paths: paths + Self.hostile.map { HostOwner.Path($0, "ImplementationSpecific") }
            )
            let end = try await site.run { postern in
                try await site.awaitAnswer("302 /1", of: "good.example")
                try site.write(bad.manifest, to: "bad.yaml")
                try await eventually("the expressions are served") {
                    try await site.ask("bad.example", "/aax") != "404"
                }
                let answers = try await site.asking("good.example") {
                    try await Self.attack(site)
                    try site.write(HostOwner(name: "good", appRoot: "/2").manifest, to: "good.yaml")
                    try await site.awaitAnswer("302 /2", of: "good.example")
                }
                #expect(Set(answers.keys).isSubset(of: ["302 /1", "302 /2"]), "\(answers)")
                postern.send(SIGTERM)
                try await postern.awaitEnd()
            }
            #expect(end.status == .exited(0), "\(end.log)")
        }
    }

    /// Sends paths of every length, some at once, and sees that each is answered soon.
    private static func attack(_ site: ControllerSite) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<Attack.count(1, whole: 20) {
                        for length in 4...40 {
                            let start = ContinuousClock.now
                            let answer = try await site.ask("bad.example", "/" + String(repeating: "a", count: length))
                            let time = ContinuousClock.now - start
                            #expect(["404", "500", "503"].contains(answer), "\(length) a")
                            // Unlimited, a path of 20 takes nginx 17 s on a machine that has nothing else to do.
                            #expect(time < .seconds(5), "\(length) a")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

/// An Ingress that its owner serves on a host of its own.
private struct HostOwner {
    struct Path {
        let text: String
        let type: String

        init(_ text: String, _ type: String) {
            (self.text, self.type) = (text, type)
        }
    }

    var name: String
    var appRoot: String?
    var paths = [Path("/", "Prefix")]

    static let ingressClass = """
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata: {name: nginx}
        spec: {controller: k8s.io/ingress-nginx}

        """

    var manifest: String {
        let backend = "{service: {name: web, port: {number: 80}}}"
        let annotation = appRoot.map { "app-root: \($0)" } ?? "use-regex: \"true\""
        let paths = paths.map { path in
            "      - {path: '\(path.text)', pathType: \(path.type), backend: \(backend)}"
        }
        return """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: \(name)
              namespace: \(name)
              annotations: {nginx.ingress.kubernetes.io/\(annotation)}
            spec:
              ingressClassName: nginx
              rules:
              - host: \(name).example
                http:
                  paths:
            \(paths.joined(separator: "\n"))

            """
    }
}
