import NginxSyntax
import ProxyConfiguration

/// Where nginx listens, beside the ports.
struct ListeningValues: Sendable, Hashable {
    /// The only addresses; none for every address of the machine.
    var addresses: [IPAddress] = []
    /// With one socket for all, one worker takes most connections that are kept.
    var hasSocketPerWorker = true

    /// Listeners of every address at these alone.
    func listeners(beside all: [Listener]) -> [Listener] {
        guard !addresses.isEmpty else { return all }
        var result: [Listener] = []
        for listener in all {
            let port: PortNumber
            switch listener.address {
            case .port(let number), .anyIPv6(let number): port = number
            case .internet, .unix:
                result.append(listener)
                continue
            }
            for address in addresses {
                let own = Listener(listener.scheme, at: .internet(address, port))
                if !result.contains(own) { result.append(own) }
            }
        }
        return result
    }
}

/// How connections and requests of clients are read.
enum Clients {
    static let settings: [Setting] = [
        .value(
            "bind-address",
            .addresses,
            \.listening.addresses,
            default: nil,
            scope: .http,
            from: .global,
            ifInvalid: .closes("nginx listens on 127.0.0.1 alone") {
                $0.listening.addresses = [IPAddress(known: "127.0.0.1")]
            },
            "Listens on these addresses only. It counts when nginx starts: one that listens on every address refuses single ones."
        ).differs("It counts when nginx starts, and without a good address nginx listens on 127.0.0.1 alone."),
        .httpDirective(
            "client-body-timeout",
            .timeout,
            default: "60",
            sets: "client_body_timeout",
            "Limits the time between two reads of a request's body."
        ).identical,
        .httpDirective(
            "client-header-buffer-size",
            .bufferSize,
            default: "1k",
            sets: "client_header_buffer_size",
            "Sets the size of the buffer for a request's head."
        ).identical,
        .httpDirective(
            "client-header-timeout",
            .timeout,
            default: "60",
            sets: "client_header_timeout",
            "Limits how long a client may take to send a request's head."
        ).identical,
        .unsupported(
            "disable-ipv6",
            because: "the option --disable-ipv6 decides it",
            from: .global,
            "Listens on IPv4 only."
        ).wouldNeed("nothing: the option takes its place"),
        .value(
            "disable-ipv6-dns",
            .bool,
            \.resolvesIPv4Only,
            default: "false",
            scope: .http,
            from: .global,
            "Asks name servers for addresses of IPv4 only."
        ).differs("In ingress-nginx it is true by default on machines without IPv6."),
        .httpDirective(
            "enable-underscores-in-headers",
            .flag,
            default: "false",
            sets: "underscores_in_headers",
            "Takes headers with underscores in their names."
        ).differs("Clients cannot send headers so that nginx sets under names with '-', such as X_Real_IP."),
        .httpDirective(
            "http2-max-concurrent-streams",
            .streamCount,
            default: "128",
            sets: "http2_max_concurrent_streams",
            "Limits how many requests one HTTP/2 connection may have at a time."
        ).identical,
        .unsupported(
            "http2-max-field-size",
            because: .removedFromNginx,
            from: .global,
            "Limits the size of a header of HTTP/2."
        ),
        .unsupported(
            "http2-max-header-size",
            because: .removedFromNginx,
            from: .global,
            "Limits the size of all headers of HTTP/2."
        ),
        .unsupported(
            "http2-max-requests",
            because: .removedFromNginx,
            from: .global,
            "Limits how many requests one HTTP/2 connection serves."
        ),
        .httpDirective(
            "ignore-invalid-headers",
            .flag,
            default: "true",
            sets: "ignore_invalid_headers",
            "Ignores headers with names that are not valid."
        ).identical,
        .httpDirective(
            "keep-alive",
            .timeout,
            default: "75",
            sets: "keepalive_timeout",
            "Limits how long a client's connection may be idle; 0 keeps none."
        ).identical,
        .httpDirective(
            "keep-alive-requests",
            .count,
            default: "1000",
            sets: "keepalive_requests",
            "Limits how many requests one connection of a client serves."
        ).identical,
        .httpDirective(
            "large-client-header-buffers",
            .buffers,
            default: "4 8k",
            sets: "large_client_header_buffers",
            "Sets how many buffers a large head of a request may take, and their size."
        ).identical,
        .value(
            "reuse-port",
            .bool,
            \.listening.hasSocketPerWorker,
            default: "true",
            scope: .http,
            from: .global,
            "Gives each worker a listening socket of its own at each address."
        ).identical,
        .value(
            "use-http2",
            .bool,
            \.tls.usesHTTP2,
            default: "true",
            scope: .http,
            from: .global,
            "Speaks HTTP/2 with clients that can, where they come by TLS."
        ).identical,
    ]
}

extension ValueParser<Flag> {
    /// A flag of nginx, written as Go has it.
    static let flag = ValueParser(type: "bool", examples: ["true", "false"]) { text throws(ValueError) in
        Flag(try ValueParser<Bool>.bool.parse(text))
    }
}

extension ValueParser<Number> {
    /// nginx takes no limit below one.
    static let streamCount = ValueParser(type: "number from 1 to 65535", examples: ["64", "256"]) {
        text throws(ValueError) in
        let count = try Self.count.parse(text)
        guard (1...65_535).contains(count.value) else { throw ValueError(reason: "is not from 1 to 65535") }
        return count
    }
}

extension ValueParser<[Identifier]> {
    /// A number of buffers and their size; what one client may take must not exhaust the memory of all.
    static let buffers = ValueParser(type: "number and size", examples: ["4 16k", "8 32k"]) { text throws(ValueError) in
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 2 else { throw ValueError(reason: "is no number and size such as '4 8k'") }
        let count = try ValueParser<Number>.count.parse(words[0])
        guard (1...1_024).contains(count.value) else { throw ValueError(reason: "is not from 1 to 1024 buffers") }
        let size = try ValueParser<ByteSize>.bufferSize.parse(words[1])
        return [Identifier(UInt16(clamping: count.value)), Identifier(size)]
    }
}
