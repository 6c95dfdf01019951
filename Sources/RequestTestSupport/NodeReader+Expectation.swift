import CurlTestSupport
import Diagnostics
import YAML

extension NodeReader {
    /// Reads one entry of the list.
    func expectation(_ node: Node) throws -> RequestExpectation {
        let entry = try mapping(node, keys: ["request", "headers", "body", "version", "serverName", "expect"])
        guard let line = entry["request"] else { throw malformed(node, "'request' is missing") }
        guard let expect = entry["expect"] else { throw malformed(node, "'expect' is missing") }
        guard var request = CurlRequest(try text(line)) else {
            throw malformed(line, "a request is written as 'GET http://host/path'")
        }
        request.headers = try headers(entry["headers"])
        // Asks echo backends for what can be checked.
        if !request.headers.contains(where: { $0.name.lowercased() == "accept" }) {
            request.headers.append(("Accept", "application/json"))
        }
        request.body = try entry["body"].map(text)
        if let node = entry["version"] { request.version = try version(node) }
        if let node = entry["serverName"] { request.serverName = try optionalText(node).map { .name($0) } ?? .omitted }
        return RequestExpectation(
            position: SourcePosition(node.position, in: file),
            request: request,
            checks: try checks(expect)
        )
    }

    private func version(_ node: Node) throws -> CurlRequest.Version {
        switch try text(node) {
        case "1.0": .http10
        case "1.1": .http11
        case "2": .http2
        default: throw malformed(node, "a version of HTTP is 1.0, 1.1 or 2")
        }
    }

    private func checks(_ node: Node) throws -> [ResponseCheck] {
        let keys = ["backend", "uri", "status", "headers", "upstreamHeaders", "certificate"]
        let expect = try mapping(node, keys: keys)
        var checks: [ResponseCheck] = []
        if let node = expect["status"] { checks.append(.status(try integer(node))) }
        if let node = expect["backend"] { checks.append(.backend(try optionalText(node))) }
        if let node = expect["uri"] { checks.append(.uri(try text(node))) }
        if let node = expect["certificate"] { checks.append(.certificate(try text(node))) }
        checks += try headers(expect["headers"]).map { .header($0.name, $0.value) }
        checks += try headers(expect["upstreamHeaders"]).map { .upstreamHeader($0.name, $0.value) }
        guard !checks.isEmpty else { throw malformed(node, "nothing is expected of the answer") }
        return checks
    }
}
