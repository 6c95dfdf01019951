import NginxSyntax
import ProxyConfiguration

/// A request as a line of an access log has it.
struct LoggedRequest: Sendable, Hashable {
    /// `nil` where the format does not name it.
    var host: String?
    var scheme: Listener.Scheme?
    var method: String
    var target: String
    var headers: [String: String] = [:]
    var client: IPAddress?
    var status: Int?
    /// The backend by its name in the log, `shop-cart-80`; `nil` where it had none.
    var upstream: String?
    /// The canary that took it.
    var canary: String?
    /// Whether the format names the backend at all.
    var namesUpstream: Bool
    /// The endpoints that were tried.
    var addresses: [String] = []

    /// Returns `nil` for a line of which no request can be made: of another format, or of a client that sent none.
    init?(_ line: [UInt8], _ format: LogLineFormat) {
        guard let values = format.values(in: line) else { return nil }
        if let request = values["request"] {
            let words = request.split(separator: " ", omittingEmptySubsequences: false)
            guard words.count >= 2 else { return nil }
            method = String(words[0])
            let isOld = words.count == 2
            target = words[1..<(isOld ? 2 : words.count - 1)].joined(separator: " ")
        } else {
            let path = values["uri"] ?? values["document_uri"]
            guard let method = values["request_method"],
                let target = values["request_uri"] ?? path.map({ Request.target(for: $0.utf8) })
            else { return nil }
            self.method = method
            let query = values["args"] ?? values["query_string"]
            let isWhole = values["request_uri"] != nil
            self.target = isWhole ? target : query.map { "\(target)?\($0)" } ?? target
        }
        // Of a proxy that asks by a whole URL the path counts.
        if let end = target.firstRange(of: "://"), !target.hasPrefix("/") {
            let rest = target[end.upperBound...]
            host = String(rest.prefix { $0 != "/" })
            target = rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
        }
        host = values["http_host"] ?? values["requested_host"] ?? values["host"] ?? host
        if host == nil, let name = values["server_name"], HostName(name) != nil { host = name }
        scheme = (values["scheme"] ?? values["client_scheme"]).flatMap(Listener.Scheme.init)
        if scheme == nil, format.variables.contains("https") { scheme = values["https"] == nil ? .http : .https }
        if scheme == nil, format.variables.contains("ssl_protocol") {
            scheme = values["ssl_protocol"] == nil ? .http : .https
        }
        client = values["remote_addr"].flatMap { IPAddress($0) }
        for (name, value) in values where name.hasPrefix("http_") && name != "http_host" {
            headers[String(name.dropFirst(5)).replacing("_", with: "-")] = value
        }
        status = values["status"].flatMap { Int($0) }
        namesUpstream = format.variables.contains("proxy_upstream_name")
        upstream = values["proxy_upstream_name"]
        canary = values["proxy_alternative_upstream_name"]
        addresses = (values["upstream_addr"] ?? "").replacing(" : ", with: ", ").split(separator: ", ").map(String.init)
    }

    /// The request by a scheme for a host.
    func request(_ scheme: Listener.Scheme, for host: String) -> Request {
        Request(scheme: scheme, host: host, method: method, target: target, headers: headers, client: client)
    }
}
