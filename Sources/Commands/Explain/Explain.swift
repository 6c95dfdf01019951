import ArgumentParser
import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// `postern explain`: what becomes of a request, and why.
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explain what becomes of a request, and why.",
        discussion: """
            Prints the server and the location that take the request, each other location with why it does not, what is \
            set for it, where its backend is, and the answer; each with its Ingress, its place in the manifests and its \
            lines in nginx.conf. Behind that stand the findings about the Ingress, which tell why an answer is 404 or 503.

              postern explain https://shop.example/cart deploy/
              postern explain --method OPTIONS --header 'Origin: https://a.example' shop.example/cart deploy/
              postern explain --cluster https://shop.example/cart
              kubectl get ingress,ingressclass,service,endpointslice,secret,configmap -A -o yaml | postern explain \
            --observed https://shop.example/cart -

            A URL of tcp or udp with a port explains the port: who opens it, which clients it serves, and where it leads.

              postern explain --tcp-services-configmap postern/tcp-services tcp://db.example:5432 deploy/

            --line takes no URL, and explains a line of nginx.conf: the blocks that it stands in, and the annotation, \
            key or object that it comes from, which are found by leaving each out. The line is one of what postern \
            render prints, or of the file that --file names.

              postern explain --line 120 deploy/
              postern explain --line 120 --file /etc/nginx/nginx.conf deploy/

            --log takes no URL either, but a line of the access log, and compares what it has of the request with what is \
            explained.

              postern explain --log "$(tail -n 1 /var/log/nginx/access.log)" deploy/

            --prove sends the request through the nginx of this machine as well, on Unix sockets and with an echo in \
            place of every backend, and says whether nginx agrees. The client has no password and no certificate \
            there, and an address that is on no list; where these decide otherwise about the client of the request, or \
            there are limits, the answer for a client that the guards let pass is compared.

            Exits with 0, with 1 where nginx, the log or what serves does not agree, or with 2 where the manifests could not be read, there is \
            no such line, or nothing could be proven.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    @OptionGroup(title: "Translation") var translation: TranslationOptions
    @OptionGroup(title: "Rendering") var rendering: RenderingOptions
    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Cluster") var cluster: ClusterOptions
    @OptionGroup(title: "Request") var asked: RequestOptions
    @OptionGroup(title: "Request") var certificate: CertificateOptions
    @OptionGroup(title: "Log") var log: LogOptions
    @OptionGroup(title: "Line") var line: LineOptions

    @ArgumentParser.Flag(
        name: .customLong("cluster"),
        help: "Explain by what a cluster holds now, and by no manifests; it is read once."
    )
    var readsCluster = false

    @Option(
        help: ArgumentHelp(
            "The state folder of a postern run: say whether what it serves is what is explained.",
            valueName: "folder"
        )
    )
    var stateDir: String?

    @ArgumentParser.Flag(help: "Ask a real nginx as well whether it does what is explained.")
    var prove = false

    @Option(
        name: .customLong("nginx"),
        help: ArgumentHelp("The nginx to prove with; without it the one on this machine.", valueName: "path")
    )
    var nginxPath: String?

    @Option(help: ArgumentHelp("How to print the explanation.", valueName: "format"))
    var format: Format = .text

    @Argument(
        help: ArgumentHelp(
            "The URL that a client asks for, or tcp://HOST:PORT, then files or folders of manifests, in YAML or JSON; - is standard input.",
            valueName: "url path"
        )
    )
    var arguments: [String] = []

    func validate() throws {
        if nginxPath != nil, !prove { throw ValidationError("--nginx is for --prove.") }
        try cluster.validate(isRead: readsCluster, input)
        let isOfRequest = line.number == nil && log.line == nil
        guard arguments.count > (isOfRequest ? 1 : 0) || readsCluster && arguments.count == (isOfRequest ? 1 : 0) else {
            throw ValidationError("A URL comes first, then paths of manifests, or --cluster.")
        }
        guard !readsCluster || arguments.count == (isOfRequest ? 1 : 0) else {
            throw ValidationError("--cluster takes no paths of manifests.")
        }
        guard line.number == nil else {
            guard !prove, !asked.isGiven, log.line == nil, stateDir == nil, certificate.file == nil else {
                throw ValidationError("--line explains no request, and options of requests are given.")
            }
            return
        }
        guard log.line == nil else {
            guard !asked.saysMoreThanHost else { throw ValidationError("--log says all of the request but its host.") }
            guard log.line != "-" || !arguments.contains("-") else {
                throw ValidationError("Only one of the log and the manifests can be standard input.")
            }
            return
        }
        guard !PortURL.isMeant(arguments[0]) else {
            return try validatePort(arguments[0])
        }
        _ = try asked.request(arguments[0])
    }

    func run() async throws {
        let settings = try readsCluster ? RepositorySettings() : RepositorySettings.find(for: paths)
        var (translation, input) = (translation, input)
        settings.complete(&translation, &input)
        let nginx = prove ? try await ProvingNginx(at: nginxPath, for: rendering) : nil
        var pipeline = try await Pipeline(
            translation,
            rendering,
            input,
            for: nginx?.capabilities,
            fallbackCertificate: FallbackCertificate.load()
        )
        let served = try stateDir.map { try ServedGeneration(in: $0) }
        if let served { pipeline = pipeline.usingSockets(of: served) }
        let result = try await read(by: &pipeline)
        if let number = line.number {
            try explain(try line.number(number, in: result), of: result, by: pipeline)
            Terminal.printError(result.survey.text)
            return
        }
        if log.line == nil, PortURL.isMeant(arguments[0]) {
            return try await explainPort(arguments[0], of: result, by: pipeline, served, nginx)
        }
        let table = RouteTable(result)
        let logged = log.line == nil ? nil : try log.request(asked, in: table)
        let request = try logged?.0.request ?? asked.request(arguments[0])
        let sources = ExplanationSources(result, pipeline, table)
        let server = Router(table.configuration).server(named: request.host)
        let shown = try certificate.certificate().flatMap { pem in
            try server.map { try ShownCertificate(pem, of: request, to: $0, in: table) }
        }
        var explanation = Explanation(request, in: table, of: result, showing: shown, with: sources)
        explanation.logged = logged?.1
        if let served {
            let host = explanation.decision.host
            let passing =
                request.scheme == .https
                ? host.flatMap { host in
                    ServedAnswer.passing(served, host, explanation.passed, in: sources.index)
                } : nil
            explanation.served =
                passing ?? ServedAnswer(served, explanation, host, for: request.target, in: sources.index)
        }
        explanation.proof = try await nginx?.prove(request, explanation, of: result.configuration, by: pipeline)
        switch format {
        case .text: Terminal.print(explanation.text)
        case .json: Terminal.print(try ExplanationRecord(explanation).printedJSON())
        }
        Terminal.printError(result.survey.text)
        if explanation.isContradicted { throw ExitCode.findings }
    }

    /// Translates the manifests, or the cluster, for which the pipeline becomes that of `postern run`.
    private func read(by pipeline: inout Pipeline) async throws -> Pipeline.Result {
        if readsCluster {
            let live = try await LiveCluster.read(cluster, translation)
            pipeline = pipeline.serving(live, translation)
            return pipeline.result(of: live)
        }
        return try pipeline.result(of: paths)
    }

    /// The files and folders of manifests, behind the URL.
    private var paths: [String] { Array(arguments.dropFirst(line.number == nil && log.line == nil ? 1 : 0)) }

    private func explain(_ number: Int, of result: Pipeline.Result, by pipeline: Pipeline) throws {
        guard let explanation = LineExplanation(of: number, in: result, by: pipeline) else {
            throw CommandFailure("nginx.conf has no line \(number)")
        }
        switch format {
        case .text: Terminal.print(explanation.printed)
        case .json: Terminal.print(try explanation.record.printedJSON())
        }
    }
}
