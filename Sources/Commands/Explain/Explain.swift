import ArgumentParser
import Diagnostics
import NginxControl
import NginxSyntax
import ProxyConfiguration

/// `postern explain`: what becomes of a request, and why.
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explain what becomes of a request, and why.",
        discussion: """
            Prints the server and the location that take the request, each other location with why it does not, what is \
            set for it, where its backend is, and the answer; each with its Ingress and its place in the manifests. \
            Behind that stand the findings about the Ingress, which tell why an answer is 404 or 503.

              postern explain https://shop.example/cart deploy/
              postern explain --method OPTIONS --header 'Origin: https://a.example' shop.example/cart deploy/
              kubectl get ingress,ingressclass,service,endpointslice,secret,configmap -A -o yaml | postern explain \
            --observed https://shop.example/cart -

            --prove sends the request through the nginx of this machine as well, on Unix sockets and with an echo in \
            place of every backend, and says whether nginx agrees. It looks at no passwords, addresses, limits or \
            client certificates there: what is compared is the answer for a client that they let pass.

            Exits with 0, with 1 where nginx does not agree, or with 2 where the manifests could not be read, or nothing \
            could be proven.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    @OptionGroup(title: "Translation") var translation: TranslationOptions
    @OptionGroup(title: "Rendering") var rendering: RenderingOptions
    @OptionGroup(title: "Input") var input: InputOptions

    @Option(help: ArgumentHelp("The method of the request.", valueName: "method"))
    var method = "GET"

    @Option(
        name: .customLong("header"),
        help: ArgumentHelp("A header of it; may be repeated.", valueName: "name: value")
    )
    var headers: [String] = []

    @Option(
        name: .customLong("client-ip"),
        help: ArgumentHelp("The address that it comes from; 203.0.113.1 without it.", valueName: "address")
    )
    var client = "203.0.113.1"

    @ArgumentParser.Flag(help: "Ask a real nginx as well whether it does what is explained.")
    var prove = false

    @Option(
        name: .customLong("nginx"),
        help: ArgumentHelp("The nginx to prove with; without it the one on this machine.", valueName: "path")
    )
    var nginxPath: String?

    @Option(help: ArgumentHelp("How to print the explanation.", valueName: "format"))
    var format: Format = .text

    @Argument(help: ArgumentHelp("The URL that a client asks for.", valueName: "url"))
    var url: String

    @Argument(
        help: ArgumentHelp("Files or folders of manifests, in YAML or JSON; - is standard input.", valueName: "path")
    )
    var paths: [String]

    func validate() throws {
        guard RequestURL(url) != nil else { throw ValidationError("'\(url)' is no URL with http or https and a host.") }
        guard IPAddress(client) != nil else { throw ValidationError("'\(client)' is no address.") }
        for header in headers where !header.contains(":") {
            throw ValidationError("'\(header)' is no header: it has no colon.")
        }
        // They would end a line of the request that is sent to nginx.
        for text in headers + [method, url] where text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw ValidationError("'\(text.printable)' has a control character.")
        }
        guard !method.isEmpty, !method.contains(" ") else { throw ValidationError("'\(method)' is no method.") }
        if nginxPath != nil, !prove { throw ValidationError("--nginx is for --prove.") }
    }

    func run() async throws {
        let nginx = prove ? try await ProvingNginx(at: nginxPath, for: rendering) : nil
        let pipeline = try await Pipeline(
            translation,
            rendering,
            input,
            for: nginx?.capabilities,
            fallbackCertificate: FallbackCertificate.load()
        )
        let result = try pipeline.result(of: paths)
        guard let request else { throw CommandFailure("\(url) is no URL") }
        var explanation = Explanation(request, in: RouteTable(result), of: result)
        if let nginx, let asked = try await nginx.ask([request], of: result.configuration, by: pipeline).first {
            explanation.proof = RequestProof(asked, of: explanation, on: "\(nginx.capabilities.version)")
        }
        switch format {
        case .text: Terminal.print(explanation.text)
        case .json: Terminal.print(try ExplanationRecord(explanation).printedJSON())
        }
        Terminal.printError(result.survey.text)
        if explanation.proof?.agrees == false { throw ExitCode.findings }
    }

    private var request: Request? {
        guard let url = RequestURL(url) else { return nil }
        var fields: [String: String] = [:]
        var host = url.host
        for header in headers {
            let parts = header.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].lowercased()
            let value = parts.count > 1 ? parts[1].drop { $0 == " " || $0 == "\t" } : ""
            if name == "host" { host = String(value) } else { fields[name] = String(value) }
        }
        return Request(
            scheme: url.scheme,
            host: host,
            method: method,
            target: url.target,
            headers: fields,
            client: IPAddress(client)
        )
    }
}
