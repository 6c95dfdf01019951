import NginxSyntax
import ProxyConfiguration

/// The proxies in front of nginx that are trusted about clients' addresses.
struct RealIPValues: Sendable, Hashable {
    /// Whether they tell the addresses of clients, and by which URL these have asked.
    var sendsURL = false
    /// Whether they tell the addresses alone.
    var sendsAddress = false
    /// Whether clients' connections begin with a line of the PROXY protocol.
    var readsProxyLines = false
    var addressHeader = HeaderName(known: "X-Forwarded-For")
    /// The header with the host that clients have asked for, as backends are told it.
    var hostHeader = HeaderName(known: "X-Forwarded-Host")
    var proxies: [CIDRBlock] = []
    var passesAddresses = false
    /// How long a line of the PROXY protocol may take.
    var lineTime: TimeSpan = TimeSpan(seconds: 5)
    /// Whether it cannot be known who is believed, and so from where clients come.
    var isUnknown = false

    /// `nil` where nobody is believed.
    var forwarding: Forwarding? {
        guard !isUnknown, sendsURL || sendsAddress || readsProxyLines, !proxies.isEmpty else { return nil }
        var forwarding = Forwarding(
            proxies: proxies,
            addressHeader: addressHeader,
            sendsURL: sendsURL,
            passesAddresses: sendsURL && passesAddresses
        )
        forwarding.readsProxyLines = readsProxyLines
        return forwarding
    }

    /// The headers for backends about what clients, or proxies, have sent.
    var requestHeaders: RequestHeaders {
        let usual = RealIPValues()
        var headers = RequestHeaders()
        if addressHeader != usual.addressHeader {
            let addresses = Expression(addressHeader.requestVariable)
            headers.set(RequestHeader(HeaderName(known: "X-Original-Forwarded-For"), addresses))
        }
        if hostHeader != usual.hostHeader {
            let host = Expression(hostHeader.requestVariable)
            headers.set(RequestHeader(HeaderName(known: "X-Original-Forwarded-Host"), host))
        }
        return headers
    }
}

enum RealIP {
    static let settings: [Setting] = [
        .value(
            "compute-full-forwarded-for",
            .bool,
            \.realIP.passesAddresses,
            default: "false",
            scope: .http,
            from: .global,
            "Passes the addresses of X-Forwarded-For on, with that of the last proxy behind them, in place of the client's "
                + "alone; where 'use-forwarded-headers' is on."
        ).identical,
        .value(
            "enable-real-ip",
            .bool,
            \.realIP.sendsAddress,
            default: "false",
            scope: .http,
            from: .global,
            ifInvalid: nobody,
            "Takes the client's address from the header that 'forwarded-for-header' names, where a proxy of "
                + "'proxy-real-ip-cidr' says so."
        ).needing("real_ip_header").identical,
        .value(
            "forwarded-for-header",
            .trustedHeader,
            \.realIP.addressHeader,
            default: "X-Forwarded-For",
            scope: .http,
            from: .global,
            ifInvalid: nobody,
            "Names the header with the addresses that a request has come from, the client's first."
        ).identical,
        .unsupported(
            "forwarded-for-proxy-protocol-header",
            because: .notRead(wouldNeed: "a header with the address of the PROXY protocol beside X-Forwarded-For"),
            from: .global,
            "Names the header with the address of the PROXY protocol."
        ),
        .value(
            "forwarded-host-header",
            .trustedHeader,
            \.realIP.hostHeader,
            default: "X-Forwarded-Host",
            scope: .http,
            from: .global,
            "Names the header that backends are told as X-Original-Forwarded-Host."
        ).identical,
        .value(
            "proxy-protocol-header-timeout",
            .lineTime,
            \.realIP.lineTime,
            default: "5s",
            scope: .http,
            from: .global,
            "Limits how long the line of the PROXY protocol may take to come at ports of TCP, and at those of HTTPS while TLS of "
                + "some host is passed on. Elsewhere 'client-header-timeout' limits the line and the first header together."
        ).differs(
            "It holds for ports of TCP too, and in ingress-nginx where --enable-ssl-passthrough is given alone."
        ),
        .value(
            "proxy-real-ip-cidr",
            .networks,
            \.realIP.proxies,
            default: "0.0.0.0/0,::/0",
            scope: .http,
            from: .global,
            ifInvalid: nobody,
            "Names the networks of the proxies that are believed, where 'use-forwarded-headers', 'enable-real-ip' or "
                + "'use-proxy-protocol' is on, and at ports of TCP with lines of the PROXY protocol. "
                + "By default everybody is: name your proxies where clients can come to nginx without them."
        ).differs(
            "It decides too whose scheme, host and port are believed, and the default is IPv4 and IPv6; in "
                + "ingress-nginx these are believed of everybody, and the default is IPv4."
        ),
        .value(
            "use-forwarded-headers",
            .bool,
            \.realIP.sendsURL,
            default: "false",
            scope: .http,
            from: .global,
            ifInvalid: nobody,
            "Takes the client's address, and the scheme, host and port that it has asked for, from X-Forwarded-For, "
                + "X-Forwarded-Proto, -Host and -Port of proxies of 'proxy-real-ip-cidr', the first of several. Requests are "
                + "routed by their own host all the same."
        ).needing("real_ip_header").differs(
            "Only the proxies of 'proxy-real-ip-cidr' are believed about the scheme, the host and the port."
        ),
        .value(
            "use-proxy-protocol",
            .bool,
            \.realIP.readsProxyLines,
            default: "false",
            scope: .http,
            from: .global,
            ifInvalid: nobody,
            "Requires of each connection of HTTP and HTTPS a line of the PROXY protocol, as load balancers send it, and takes the "
                + "client's address from it, where 'proxy-real-ip-cidr' has the load balancer. Connections without the line are "
                + "closed."
        ).needing("real_ip_header").differs(
            "A line that names port 443 does not make requests at the port of HTTP ones of HTTPS: a load balancer that ends TLS "
                + "says so by X-Forwarded-Proto, with 'use-forwarded-headers'."
        ),
    ]

    /// To take proxies for clients would open lists that are to let proxies' neighbours in.
    private static let nobody = InvalidValue.closes(
        "no proxy is believed, and where lists of networks decide, requests answer 503"
    ) { $0.realIP.isUnknown = true }
}

extension ValueParser<HeaderName> {
    static let trustedHeader = ValueParser(type: "header", examples: ["X-Forwarded-For", "CF-Connecting-IP"]) {
        text throws(ValueError) in
        // Room for the name of its variable in nginx's table, as large as it is by default.
        guard let name = HeaderName(text), name.value.utf8.count <= 46 else {
            throw ValueError(reason: "is no name of a header")
        }
        return name
    }
}

extension ValueParser<TimeSpan> {
    fileprivate static let lineTime = ValueParser(type: "time", examples: ["10s", "1m"]) { text throws(ValueError) in
        guard let time = TimeSpan(text) else { throw ValueError(reason: "is no time such as 5s or 1m") }
        guard (1...86_400_000).contains(time.milliseconds) else {
            throw ValueError(reason: "is not between 1ms and a day")
        }
        return time
    }
}
