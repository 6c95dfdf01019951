import ArgumentParser
import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// The options that say more of a request than its URL.
struct RequestOptions: ParsableArguments {
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

    init() {}

    /// Whether one of them is given.
    var isGiven: Bool { method != "GET" || !headers.isEmpty || client != "203.0.113.1" }

    /// The host that a header names.
    var host: String? {
        headers.first { $0.lowercased().hasPrefix("host:") }.map { String($0.dropFirst(5).drop { $0 == " " }) }
    }

    /// Whether an option says more than the host.
    var saysMoreThanHost: Bool {
        method != "GET" || client != "203.0.113.1" || headers.contains { !$0.lowercased().hasPrefix("host:") }
    }

    /// Whether an option says more than the client's address.
    var saysMoreThanClient: Bool { method != "GET" || !headers.isEmpty }

    /// The client's address; throws ``ValidationError`` for what is none.
    var address: IPAddress {
        get throws {
            guard let address = IPAddress(client) else { throw ValidationError("'\(client)' is no address.") }
            return address
        }
    }

    /// A port of TCP or UDP; throws ``ValidationError`` for what is none.
    func port(_ text: String) throws -> PortURL {
        guard let port = PortURL(text) else {
            throw ValidationError("'\(text)' is no tcp or udp with a port, such as tcp://db.example:5432.")
        }
        _ = try address
        return port
    }

    /// The request for a URL; throws ``ValidationError`` for what is none.
    func request(_ text: String) throws -> Request {
        guard let url = RequestURL(text) else {
            throw ValidationError("'\(text)' is no URL with http or https and a host.")
        }
        let address = try address
        // They would end a line of the request that is sent to nginx.
        for text in headers + [method, text] where text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw ValidationError("'\(text.printable)' has a control character.")
        }
        guard !method.isEmpty, !method.contains(" ") else { throw ValidationError("'\(method)' is no method.") }
        var fields: [String: String] = [:]
        var host = url.host
        for header in headers {
            let parts = header.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw ValidationError("'\(header)' is no header: it has no colon.") }
            let value = String(parts[1].drop { $0 == " " || $0 == "\t" })
            let name = parts[0].lowercased()
            if name == "host" { host = value } else { fields[name] = value }
        }
        return Request(
            scheme: url.scheme,
            host: host,
            method: method,
            target: url.target,
            headers: fields,
            client: address
        )
    }
}
