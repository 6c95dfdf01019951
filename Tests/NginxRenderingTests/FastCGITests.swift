import Diagnostics
import Incremental
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Testing

/// What programs are told that speak FastCGI.
struct FastCGITests {
    /// The location of a program, and `http` before it.
    private func rendered(
        _ policy: LocationPolicy = LocationPolicy(),
        _ change: (inout Configuration) throws -> Void = { _ in }
    ) throws -> (location: [Directive], http: [Directive]) {
        let transport = BackendTransport(.fastCGI)
        let location = Location(
            path: try prefix("/app"),
            action: .proxy(.upstream(Identifier(known: "app")), by: transport),
            policy: ByReference(policy)
        )
        var model = try configuration([server("*", [location])])
        model.upstreams[0].policy.transport = transport
        try change(&model)
        let http = try #require(try renderer().render(model).directives().named("http").first?.block)
        let block = try #require(http.named("location").first { $0.arguments == ["/app/"] }?.block)
        return (block, http.filter { $0.block == nil })
    }

    private func parameters(_ directives: [Directive]) -> [String: String] {
        let pairs = directives.filter { $0.name == "fastcgi_param" }.map { ($0.arguments[0], $0.arguments[1]) }
        return Dictionary(pairs) { first, _ in "\(first) twice" }
    }

    @Test func `all are told the same, once, where nothing is said of one`() throws {
        let (location, http) = try rendered()
        #expect(location.map(\.words) == [["fastcgi_pass", "app"]])
        let reported = parameters(http)
        #expect(reported["REMOTE_ADDR"] == "$remote_addr" && reported["HTTP_X_REAL_IP"] == "$remote_addr")
        #expect(reported["HTTP_PROXY"] == "" && reported["HTTP_CONNECTION"] == "" && reported["HTTP_UPGRADE"] == "")
        #expect(!reported.values.contains { $0.hasSuffix("twice") })
    }

    @Test func `what the Ingress says takes the place of the rest, of which nothing is lost`() throws {
        let value = Expression(known: "/srv/app")
        let own = FastCGIParameters([
            FastCGIParameter(Identifier(known: "DOCUMENT_ROOT"), value),
            FastCGIParameter(Identifier(known: "HTTP_HOST"), value),
        ])
        var policy = LocationPolicy()
        policy.fastCGI = FastCGI(index: Text(known: "index.php"), parameters: own)
        let (location, http) = try rendered(policy)
        let changed = ["DOCUMENT_ROOT": "/srv/app", "HTTP_HOST": "/srv/app"]
        #expect(parameters(location) == parameters(http).merging(changed) { $1 })
        #expect(location.named("fastcgi_index").map(\.arguments) == [["index.php"]])
    }

    /// Both are one parameter for the program.
    @Test(arguments: [["X-User", "X_User"], ["X_User", "X-User"]])
    func `a header by another name takes nothing away that is told`(_ names: [String]) throws {
        let headers = try names.map { name in
            let header = try #require(HeaderName(name))
            return RequestHeader(header, name == "X-User" ? Expression(known: "ann") : .empty)
        }
        let (location, _) = try rendered(LocationPolicy(requestHeaders: RequestHeaders(headers)))
        #expect(parameters(location)["HTTP_X_USER"] == "ann")
    }

    @Test func `a shadow tells all of it, and asks its echo by HTTP`() throws {
        let own = FastCGIParameters([FastCGIParameter(Identifier(known: "A"), Expression(known: "b"))])
        var policy = LocationPolicy()
        policy.fastCGI = FastCGI(parameters: own)
        let (location, http) = try rendered(policy) {
            let echo = SocketAddress.unix(FilePath(known: "echo.sock"))
            $0.echo = EchoPlaces(http: echo, https: echo, grpc: echo, grpcs: echo)
        }
        #expect(location.named("proxy_pass").map(\.arguments) == [["http://app"]])
        #expect(location.named("fastcgi_pass").isEmpty)
        #expect(parameters(location)["A"] == "b")
        #expect(http.contains { $0.words == ["proxy_set_header", "X-Postern-Upstream", "$proxy_host"] })
    }
}
