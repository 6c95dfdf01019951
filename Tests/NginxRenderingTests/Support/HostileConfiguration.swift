import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// A random configuration with texts of users in every place that takes one.
///
/// The same seed gives the same configuration with harmless texts, where only those texts differ.
struct HostileConfiguration {
    /// Where texts of users end up.
    enum Place: String, CaseIterable {
        case host, exactPath, prefixPath, expression, rewriteTarget, redirectTarget, appRoot, upstream, origin
        case externalName, certificate
        case logFile, temporaryFolder, hashKey, resolver
        case askedHost, askedTarget, askedHeader, askedMethod, answeredHeader, signIn
    }

    let isHostile: Bool
    let texts: [String]
    private(set) var accepted: [Place: Int] = [:]
    private(set) var refused: [Place: Int] = [:]
    /// The directives that must stand in the file, without their blocks.
    private(set) var expected: [[String]] = []
    private var random: SeededRandom
    private var number = 0

    init(seed: UInt64, isHostile: Bool, texts: [String]) {
        random = SeededRandom(seed: seed)
        self.isHostile = isHostile
        self.texts = texts
    }

    mutating func configuration() throws -> Configuration {
        let upstreams = try (0..<4).map { _ in try upstream() }
        let certificates = try (0..<3).map { _ in try certificate() }
        let names = upstreams.map(\.name)
        let files = certificates.map(\.file)
        var servers = [
            VirtualServer(host: .any, locations: [Location(path: try prefix("/"), action: .status(.notFound))])
        ]
        for _ in 0..<6 { servers.append(try server(names, files)) }
        return Configuration(
            process: try process(),
            listeners: [Listener(.http, at: .port(try #require(PortNumber(8080)))), try secureListener()],
            resolvers: [try resolver()],
            fallbackCertificate: files[0],
            privateFiles: certificates,
            upstreams: upstreams,
            servers: servers
        )
    }

    private mutating func server(_ upstreams: [Identifier], _ files: [FilePath]) throws -> VirtualServer {
        let host = try value(.host) { HostName($0) }
        let isWildcard = chance()
        if !isWildcard { expect("server_name", host.value) }
        let needsOrder = chance()
        var locations: [Location] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            locations.append(try location(upstreams, try path(needsOrder: needsOrder)))
        }
        if needsOrder { locations.append(try location(upstreams, .expression(try pattern()))) }
        locations.append(Location(path: try prefix("/"), action: .status(.notFound)))
        let file = pick(files)
        expect("ssl_certificate", file.value)
        return VirtualServer(
            host: isWildcard ? .wildcard(under: host) : .name(host),
            origin: try origin(),
            certificate: file,
            policy: ServerPolicy(
                strictTransportSecurity: chance() ? StrictTransportSecurity(preloads: chance()) : nil,
                appRoot: chance() ? try appRoot() : nil
            ),
            locations: locations
        )
    }

    private mutating func location(_ upstreams: [Identifier], _ path: PathMatch) throws -> Location {
        guard chance() || chance() else { return try redirect(path) }
        let rewrite = chance() ? try rewrite(of: path) : nil
        let backend: Backend
        if chance() {
            let name = try value(.externalName) { HostName($0) }
            expect("set", "$external_name", "\(name.value):80")
            backend = .name(name, try #require(PortNumber(80)))
        } else {
            let name = pick(upstreams)
            expect("proxy_pass", "http://\(name.value)")
            backend = .upstream(name)
        }
        let asked = chance() ? try authentication(upstreams) : nil
        return Location(
            path: path,
            origin: try origin(),
            httpsRedirect: chance() ? pick([.found, .permanentRedirect]) : nil,
            action: .proxy(backend, rewrite: rewrite),
            policy: ByReference(LocationPolicy(authentication: asked))
        )
    }

    /// A location that sends all requests to one place.
    private mutating func redirect(_ path: PathMatch) throws -> Location {
        let target = try value(.redirectTarget, after: "https://") { text in
            Expression(parts: [.literal(text), .variable(.requestURI)])
        }
        let source = target.parts.map(Self.source).joined()
        expect("return", "301", source)
        let redirect = FixedRedirect(status: .movedPermanently, target: target)
        return Location(path: path, origin: try origin(), action: .fixedRedirect(redirect))
    }

    private mutating func authentication(_ upstreams: [Identifier]) throws -> Authentication {
        let service = pick(upstreams)
        let host = try value(.askedHost) { Expression(literal: $0) }
        let target = try value(.askedTarget, after: "/") { text in
            // The whole URL is one argument.
            Expression(literal: "http://\(service)\(text)").flatMap { _ in Expression(literal: text) }
        }
        var result = Authentication(service: .upstream(service), usesTLS: false, host: host, target: target)
        let header = try value(.askedHeader) { Expression(literal: $0) }
        result.requestHeaders = RequestHeaders([RequestHeader(HeaderName(known: "X-Asked"), header)])
        result.method = try value(.askedMethod, after: "M") { Identifier($0) }
        result.responseHeaders = [try value(.answeredHeader, after: "X") { HeaderName($0) }]
        let signIn = try value(.signIn, after: "https://sso.example/") { Expression(literal: $0) }
        result.signIn = signIn
        expect("proxy_set_header", "Host", host.parts.map(Self.source).joined())
        expect("proxy_pass", "http://\(service)" + target.parts.map(Self.source).joined())
        expect("proxy_set_header", "X-Asked", header.parts.map(Self.source).joined())
        expect("proxy_method", result.method?.value ?? "")
        expect("proxy_set_header", result.responseHeaders[0].value, "$auth_header0")
        expect("return", "302", signIn.parts.map(Self.source).joined())
        return result
    }

    private mutating func path(needsOrder: Bool) throws -> PathMatch {
        let isExact = chance()
        let path = try value(isExact ? .exactPath : .prefixPath, after: "/") { text -> LocationPath? in
            // A longer one, or one that needs an order, is matched by an expression.
            let quoted = "^\(RegularExpression.escaping(text))(?:/|\\z)"
            guard (try? RegularExpression(quoted)) != nil, isExact || !text.hasSuffix("/") else { return nil }
            return LocationPath(text)
        }
        if !needsOrder, path.value.utf8.count <= 250 {
            expect("location", isExact ? ["=", path.value] : [path.value + "/"])
        } else if needsOrder {
            let end = isExact ? "\\z" : "(?:/|\\z)"
            expect("location", "~", "^\(RegularExpression.escaping(path.value))\(end)")
        }
        return isExact ? .exact(path) : .prefix(path)
    }

    private mutating func pattern() throws -> RegularExpression {
        let pattern = try value(.expression, after: "/") { text -> RegularExpression? in
            guard let expression = try? RegularExpression(text), (try? expression.anchored()) != nil,
                (try? RegularExpression("(?i)" + text)) != nil
            else { return nil }
            return expression
        }
        expect("location", "~*", try pattern.anchored().pattern)
        return pattern
    }

    private mutating func rewrite(of path: PathMatch) throws -> Rewrite {
        let capture = try #require(VariableName("1"))
        let target = try value(.rewriteTarget, after: "/") { text in
            Expression(parts: [.literal(text), .variable(capture)])
        }
        var pattern: RegularExpression?
        if case .expression(let expression) = path { pattern = expression }
        let source = target.parts.map(Self.source).joined()
        expect("rewrite", pattern.map { "(?i)\($0.pattern)" } ?? "^", source, "break")
        return Rewrite(pattern: pattern, target: target)
    }

    private mutating func appRoot() throws -> AppRoot {
        let path = try value(.appRoot, after: "/") { text in
            // The whole URL is one argument.
            Expression(literal: "$scheme://$requested_host" + text).flatMap { _ in Expression(literal: text) }
        }
        expect("return", "302", "$scheme://$requested_host" + path.parts.map(Self.source).joined())
        return AppRoot(path: path, origin: try origin())
    }

    private mutating func upstream() throws -> Upstream {
        let name = try value(.upstream, after: "u") { Identifier($0) }
        expect("upstream", name.value)
        let key = try value(.hashKey) { text in
            VariableName("uri").flatMap { Expression(parts: [.literal(text), .variable($0)]) }
        }
        expect("hash", key.parts.map(Self.source).joined(), "consistent")
        return Upstream(
            name: name,
            origin: try origin(),
            policy: UpstreamPolicy(balancing: .hash(key)),
            servers: [.internet(try #require(IPAddress("10.0.0.1")), try #require(PortNumber(80)))]
        )
    }

    private mutating func certificate() throws -> PrivateFile {
        let file = try value(.certificate, after: "tls/") { FilePath($0) }
        return PrivateFile(.certificate, file: file, origin: try origin(), content: SecretBytes([]))
    }

    private mutating func origin() throws -> ObjectReference {
        try value(.origin) { ObjectReference(kind: "Ingress", namespace: "shop", name: $0) }
    }

    private mutating func process() throws -> ProcessSettings {
        let log = try value(.logFile, after: "logs/") { FilePath($0) }
        let folder = try value(.temporaryFolder, after: "temporary/") { text in
            FilePath(text + "/client-body").flatMap { _ in FilePath(text) }
        }
        expect("access_log", log.value, "upstreaminfo")
        expect("error_log", log.value)
        expect("proxy_temp_path", folder.value + "/proxy")
        return ProcessSettings(errorLog: log, accessLog: log, temporaryFolder: folder)
    }

    private mutating func resolver() throws -> SocketAddress {
        let address = try value(.resolver, after: "", numbered: false, otherwise: "10.0.0.1") { IPAddress($0) }
        return .internet(address, try #require(PortNumber(53)))
    }

    private func secureListener() throws -> Listener { Listener(.https, at: .port(try #require(PortNumber(8443)))) }

    /// A value that no other place has: a text, or a harmless one where its type refuses it.
    private mutating func value<Value>(
        _ place: Place,
        after start: String = "",
        numbered: Bool = true,
        otherwise substitute: String = "x",
        _ make: (String) -> Value?
    ) throws -> Value {
        number += 1
        let start = numbered ? "\(start)n\(number)" : start
        let text = pick(place == .resolver && chance() ? ["10.0.0.2", "fd00::1"] : texts)
        guard let value = make(start + text) else {
            refused[place, default: 0] += 1
            return try #require(make(start + substitute))
        }
        accepted[place, default: 0] += 1
        guard !isHostile else { return value }
        return try #require(make(start + Self.harmless(text)))
    }

    /// A text of the same length without any meaning to nginx, but for what decides how it is rendered.
    private static func harmless(_ text: String) -> String {
        guard IPAddress(text) == nil else { return text }
        return String(
            decoding: text.utf8.map { byte in
                switch byte {
                case UInt8(ascii: "$"), UInt8(ascii: "/"): byte
                default: UInt8(ascii: "x")
                }
            },
            as: UTF8.self
        )
    }

    /// A part as nginx's lexer gives it back.
    private static func source(_ part: Expression.Part) -> String {
        switch part {
        case .literal(let text): text.replacing("$", with: "${dollar}")
        case .variable(let name): "$\(name.value)"
        }
    }

    private mutating func expect(_ words: String...) { expected.append(words) }

    private mutating func expect(_ name: String, _ arguments: [String]) { expected.append([name] + arguments) }

    private mutating func chance() -> Bool { Bool.random(using: &random) }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }
}
