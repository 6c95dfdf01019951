import Certificates
import NginxSyntax
import ProxyConfiguration

/// How TLS is spoken with backends.
struct UpstreamTLSValues: Sendable, Hashable {
    /// The name of a Secret.
    var secret = Guarding<String>.unset
    var verifies = false
    var depth = Number(1)
    var ciphers: Text?
    /// `nil` for what is usual.
    var protocols: [Identifier]?
    /// `nil` for the name of the Service.
    var name: Expression?
    /// `nil` to tell it to external names alone.
    var sendsName: Bool?
}

enum UpstreamTLS {
    static let settings: [Setting] = [
        .value(
            "proxy-ssl-ciphers",
            .ciphers,
            \.upstreamTLS.ciphers,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("OpenSSL's default ciphers are allowed"),
            "Names the ciphers of TLS 1.2 that are allowed, as OpenSSL writes them."
        ).risk(.medium).differs("It counts without 'proxy-ssl-secret' too."),
        .unsupported(
            "proxy-ssl-location-only",
            because: "Postern never applies them to other paths",
            from: .configMaps,
            idle: "true",
            "Keeps proxy-ssl settings to the Ingress's own paths."
        ).wouldNeed("nothing: it is so in any case"),
        .value(
            "proxy-ssl-name",
            .checkedName,
            \.upstreamTLS.name,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("the name of the Service counts"),
            "Names the host that a backend's certificate must have, and that the backend is told; '$host' is that of the request. "
                + "By default it is the name of the Service, such as 'web.shop.svc', or the name that an ExternalName Service "
                + "stands for."
        ).risk(.high).differs(
            "It counts without 'proxy-ssl-secret' too. The default is the name of the Service; in "
                + "ingress-nginx it is 'upstream_balancer'."
        ),
        .value(
            "proxy-ssl-protocols",
            .tlsVersions,
            \.upstreamTLS.protocols,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("TLS 1.2 and 1.3 are allowed"),
            "Names the versions of TLS that are allowed: TLSv1.2, TLSv1.3, or both, as by default."
        ).differs(
            "It counts without 'proxy-ssl-secret' too. The default is TLS 1.2 and 1.3; in ingress-nginx it is "
                + "1.2."
        ),
        .value(
            "proxy-ssl-secret",
            .guarding(.secretName),
            \.upstreamTLS.secret,
            default: nil,
            scope: .location,
            from: .annotation,
            ifInvalid: .closes("requests answer 503") { $0.upstreamTLS.secret = .invalid },
            "Names a Secret of the Ingress's namespace: with the certificate that backends are shown (tls.crt, tls.key), with the "
                + "authorities of theirs (ca.crt), or both."
        ).risk(.medium).differs(
            "It is about the Ingress's own paths, and about gRPC too; in ingress-nginx it changes the whole "
                + "host, and nothing of gRPC."
        ),
        .value(
            "proxy-ssl-server-name",
            .isOn,
            \.upstreamTLS.sendsName,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("external names alone are told"),
            "Tells backends the host by SNI; by default the servers of an ExternalName Service alone."
        ).differs(
            "It counts without 'proxy-ssl-secret' too. Servers of an ExternalName Service are told the host "
                + "by default."
        ),
        .value(
            "proxy-ssl-verify",
            .verification,
            \.upstreamTLS.verifies,
            default: "off",
            scope: .location,
            from: .annotation,
            ifInvalid: .closes("certificates of backends are checked") { $0.upstreamTLS.verifies = true },
            "Checks the certificates of backends, by the ca.crt of 'proxy-ssl-secret'; without one, requests answer 503."
        ).differs(
            "Where there is no 'ca.crt' to check by, requests answer 503; in ingress-nginx they are passed on "
                + "unchecked. 'false' and other words for no count as off."
        ),
        .value(
            "proxy-ssl-verify-depth",
            .chainDepth,
            \.upstreamTLS.depth,
            default: "1",
            scope: .location,
            from: .annotation,
            "Limits how long the chain of a backend's certificate may be."
        ).identical,
    ]

    /// The annotations that have an effect.
    static let names = settings.filter { $0.field != nil }.map(\.name)
}

extension ValueParser<Text> {
    /// A list of ciphers that OpenSSL takes.
    static let ciphers = ValueParser(type: "list of ciphers", examples: ["HIGH:!aNULL", "ECDHE-RSA-AES128-GCM-SHA256"])
    {
        text throws(ValueError) in
        let isPlain = text.utf8.allSatisfy { VariableName.isNameByte($0) || "+:-!".utf8.contains($0) }
        guard isPlain, let list = Text(text), text.utf8.count <= 2_000 else {
            throw ValueError(reason: "holds what is no part of a list of ciphers")
        }
        guard CipherList.isUsable(text) else { throw ValueError(reason: "names no cipher that OpenSSL has") }
        return list
    }
}

extension ValueParser<HostName> {
    static let backendName = ValueParser(type: "host", examples: ["web.example", "api.shop.svc"]) {
        text throws(ValueError) in
        guard let name = HostName(text) else { throw ValueError(reason: "is no host name") }
        return name
    }
}

extension ValueParser<Expression> {
    /// The name in a certificate.
    static let checkedName = ValueParser(type: "host", examples: ["web.example", "api.shop.svc", "$host"]) {
        text throws(ValueError) in
        guard text != "$host" else { return Expression(.requestHost) }
        let name = try ValueParser<HostName>.backendName.parse(text)
        guard let expression = Expression(literal: name.value) else { throw ValueError(reason: "is too long") }
        return expression
    }
}

extension ValueParser<[Identifier]> {
    static let tlsVersions = ValueParser(type: "TLSv1.2 and TLSv1.3", examples: ["TLSv1.2", "TLSv1.2 TLSv1.3"]) {
        text throws(ValueError) in
        let words = Set(text.split(separator: " ").map(String.init))
        guard !words.isEmpty, words.isSubset(of: ["TLSv1.2", "TLSv1.3"]) else {
            throw ValueError(reason: "names another version than TLSv1.2 and TLSv1.3")
        }
        return words.sorted().compactMap(Identifier.init)
    }
}

extension ValueParser<String> {
    /// A name, with its namespace in front or not; what it names is found out later.
    static let secretName = ValueParser(type: "name", examples: ["backend-tls", "shop/backend-tls"]) {
        text throws(ValueError) in text
    }
}

extension ValueParser<Bool> {
    /// nginx's own words.
    static let onAsTrue = ValueParser(type: "on or off", examples: ["on", "off"], write: { $0 ? "on" : "off" }) {
        text throws(ValueError) in try ValueParser<Flag>.onOrOff.parse(text) == true
    }

    static let isOn = onAsTrue

    /// The same for what nobody is kept away by who says no by another word, as many do.
    static let verification = ValueParser(type: "on or off", examples: ["on", "off"], write: { $0 ? "on" : "off" }) {
        text throws(ValueError) in
        guard !["0", "f", "false", "no", "off"].contains(text.lowercased()) else { return false }
        return try onAsTrue.parse(text)
    }
}

extension ValueParser<Number> {
    /// nginx would take 0 for no chain at all.
    static let chainDepth = ValueParser(type: "number from 1 to 100", examples: ["1", "3"]) { text throws(ValueError) in
        let depth = try Self.count.parse(text)
        guard (1...100).contains(depth.value) else { throw ValueError(reason: "is not from 1 to 100") }
        return depth
    }
}
