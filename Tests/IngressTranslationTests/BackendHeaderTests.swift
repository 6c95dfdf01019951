import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// What backends are told of where a request came from.
struct BackendHeaderTests {
    private func location(_ annotations: [String: String], _ path: Ingress.Path) throws -> (Location, [String]) {
        let result = try translated(ingress(annotations: annotations, rule("a.example", path)))
        return (try #require(result.server("a.example")?.locations.first), result.codes)
    }

    @Test(arguments: [
        ("web.internal", "web.internal"), ("web.internal:8080", "web.internal:8080"), ("[fd00::1]:80", "[fd00::1]:80"),
        ("$service_name.$namespace.svc.cluster.local", "web.shop.svc.cluster.local"),
        ("${ingress_name}-${service_port}.internal", "web-80.internal"), ("$host", "$host"),
        ("x.$http_host", "x.$host"),
    ])
    func `the host may be that of the Service`(_ value: String, _ host: String) throws {
        let (location, codes) = try location(["upstream-vhost": value], path("/"))
        guard case .proxy(let proxying) = location.action else { Issue.record("\(location.action)"); return }
        #expect(codes == [])
        #expect(proxying.host?.description == host)
    }

    @Test(arguments: ["a b", "a/b", "$arg_host", "$cookie_a", "${host", "a;b", "a$", "é", "a{}", "$request_uri"])
    func `what is no host is told, and changes nothing`(_ value: String) throws {
        let (location, codes) = try location(["upstream-vhost": value], path("/"))
        guard case .proxy(let proxying) = location.action else { Issue.record("\(location.action)"); return }
        #expect(codes == ["annotation-invalid"])
        #expect(proxying.host == nil)
    }

    @Test(arguments: [
        ("/app", "/$1", "/app(/.*)?", Ingress.PathType.implementationSpecific, "/app"),
        ("/app/$1", "/$1", "/app/(.*)", .implementationSpecific, "/app/$1"), ("/app", "/", "/app", .prefix, "/app"),
        ("/app$1", "/", "/app", .prefix, "/app"),
    ])
    func `the prefix is told where the path is rewritten`(
        _ prefix: String,
        _ target: String,
        _ text: String,
        _ type: Ingress.PathType,
        _ reported: String
    ) throws {
        let annotations = ["x-forwarded-prefix": prefix, "rewrite-target": target]
        let (location, codes) = try location(annotations, path(text, type))
        guard case .proxy(let proxying) = location.action else { Issue.record("\(location.action)"); return }
        #expect(codes.filter { $0 != "path-stricter-than-ingress-nginx" } == [])
        #expect(proxying.forwardedPrefix?.description == reported)
    }

    @Test func `a prefix without a rewrite is told as having no effect`() throws {
        let (location, codes) = try location(["x-forwarded-prefix": "/app"], path("/app"))
        guard case .proxy(let proxying) = location.action else { Issue.record("\(location.action)"); return }
        #expect(codes == ["forwarded-prefix-unused"])
        #expect(proxying.forwardedPrefix == nil)
    }

    @Test func `the header Connection is one of two`() throws {
        let (location, codes) = try location(["connection-proxy-header": "keep-alive"], path("/"))
        #expect(codes == [])
        let headers = location.policy.requestHeaders?.headers.map { "\($0.name): \($0.value)" }
        #expect(headers == ["Connection: keep-alive"])
        #expect(try self.location(["connection-proxy-header": "upgrade"], path("/")).1 == ["annotation-invalid"])
    }
}
