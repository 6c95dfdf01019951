import Commands
import Foundation
import TestSupport
import Testing

/// The pages of the documentation are whole, and name options as the program has them.
struct DocumentationTests {
    private static let pages = ["README.md"] + names.map { "Documentation/\($0)" }

    private static let names =
        (try? FileManager.default.contentsOfDirectory(
            atPath: PackageRoot.url.appending(path: "Documentation").path
        ).filter { $0.hasSuffix(".md") }.sorted()) ?? []

    @Test func `the README leads to every page`() throws {
        let readme = try Self.text("README.md")
        #expect(Self.names.count >= 8)
        #expect(Self.names.filter { !readme.contains("(Documentation/\($0))") } == [])
    }

    @Test(arguments: pages)
    func `each link leads to a file, and to a heading of it`(page: String) throws {
        let folder = PackageRoot.url.appending(path: page).deletingLastPathComponent()
        for link in try Self.text(page).matches(of: /\]\(([^)#]*)(?:#([^)]*))?\)/) where !link.1.contains("://") {
            let file = link.1.isEmpty ? PackageRoot.url.appending(path: page) : folder.appending(path: String(link.1))
            let text = try? String(contentsOf: file, encoding: .utf8)
            #expect(text != nil, "\(link.0)")
            guard let anchor = link.2 else { continue }
            let headings = (text ?? "").matches(of: /(?m)^#+ (.*)$/).map { Self.anchor(of: String($0.1)) }
            #expect(headings.contains(String(anchor)), "\(link.0)")
        }
    }

    @Test(arguments: pages)
    func `each option that is named is one that there is, or that is refused`(page: String) async throws {
        let known = try await Self.options().union(ForeignOptions.all.map(\.name))
        // Of other programs.
        let others: Set<String> = [
            "body-file", "create-if-none", "edit-last", "filter", "now", "observed", "output", "patch", "patch-file",
            "replicas", "tag", "values", "with-control-api",
        ]
        let named = try Self.text(page).matches(of: /(?:^|[\s`(])--([a-z][a-z0-9-]+)/).map { String($0.1) }
        #expect(Set(named).subtracting(known).subtracting(others).sorted() == [])
    }

    @Test func `the page on migration tells of each option of ingress-nginx whether it is taken`() async throws {
        let text = try Self.text("Documentation/migrate.md")
        let refused = ForeignOptions.all.map { "| `--\($0.name)` | \($0.reason) |" }
        #expect(Self.rows(in: text, below: "| option | why |") == refused)
        let taken = text.matches(of: /`--([a-z-]+)`[,.]/).map { String($0.1) }
        let differing = Self.rows(in: text, below: "| option | in ingress-nginx |")
            .compactMap { $0.firstMatch(of: /`--([a-z-]+)`/).map { String($0.1) } }
        let options = try await Self.options().union(["version"])
        #expect((taken + differing).filter { !options.contains($0) } == [])
        #expect((taken + differing + ForeignOptions.all.map(\.name)).sorted() == Self.ingressNginx)
    }

    /// Every option that the last ingress-nginx has, but for those of its log.
    private static let ingressNginx = """
        annotations-prefix apiserver-host bucket-factor certificate-authority configmap controller-class
        deep-inspect default-backend-service default-server-port default-ssl-certificate disable-catch-all
        disable-full-test disable-leader-election disable-svc-external-name disable-sync-events
        dynamic-configuration-retries election-id election-ttl enable-annotation-validation enable-metrics
        enable-ssl-chain-completion enable-ssl-passthrough enable-topology-aware-routing exclude-socket-metrics
        health-check-path health-check-timeout healthz-host healthz-port http-port https-port ingress-class
        ingress-class-by-name internal-logger-address kubeconfig length-buckets max-buckets maxmind-edition-ids
        maxmind-license-key maxmind-mirror maxmind-retries-count maxmind-retries-timeout metrics-per-host
        metrics-per-undefined-host monitor-max-batch-size post-shutdown-grace-period profiler-address profiler-port
        profiling publish-service publish-status-address report-node-internal-ip-address report-status-classes
        shutdown-grace-period size-buckets ssl-passthrough-proxy-port status-port status-update-interval stream-port
        sync-period sync-rate-limit tcp-services-configmap time-buckets udp-services-configmap update-status
        update-status-on-shutdown validating-webhook validating-webhook-certificate validating-webhook-key version
        watch-ingress-without-class watch-namespace watch-namespace-selector
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    private static func options() async throws -> Set<String> {
        try await CommandLine.use { commandLine in
            var options: Set<String> = []
            for command in ["run", "render", "check", "diff", "explain", "migrate", "status"] {
                let help = try await commandLine.run(command, "--help").text
                options.formUnion(help.matches(of: /--([a-z0-9-]+)/).map { String($0.1) })
            }
            return options
        }
    }

    private static func rows(in text: String, below head: String) -> [String] {
        let lines = text.components(separatedBy: "\n").drop { !$0.hasPrefix(head) }
        return Array(lines.dropFirst(2).prefix { $0.hasPrefix("|") })
    }

    /// The link to a heading, as GitHub makes it.
    private static func anchor(of heading: String) -> String {
        heading.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == " " }
            .replacing(" ", with: "-")
    }

    private static func text(_ page: String) throws -> String {
        try String(contentsOf: PackageRoot.url.appending(path: page), encoding: .utf8)
    }
}
