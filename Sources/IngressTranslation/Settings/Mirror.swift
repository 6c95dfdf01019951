import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// The receiver of a copy of each request.
struct MirrorValues: Sendable, Hashable {
    var target: ServiceURL?
    /// The host that is told in place of the target's.
    var host: HostName?
    var copiesBody = true
}

enum Mirror {
    static let settings: [Setting] = [
        .value(
            "mirror-host",
            .backendName,
            \.mirror.host,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("the host of 'mirror-target' is told"),
            "Sets the header Host of copied requests, in place of the host of 'mirror-target'."
        ).risk(.high).identical,
        .value(
            "mirror-request-body",
            .onAsTrue,
            \.mirror.copiesBody,
            default: "on",
            scope: .location,
            from: .annotation,
            "Copies the bodies of requests as well, for which nginx reads each whole before it passes the request on."
        ).identical,
        .value(
            "mirror-target",
            .mirrorTarget,
            \.mirror.target,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("no request is copied"),
            "Sends a copy of each request to this URL, whose path and query may name variables such as '$request_uri'; without "
                + "a path it is that of the request. A name such as 'shadow.shop.svc.cluster.local' leads to the ready endpoints "
                + "of the Service. What the receiver answers, and whether it does, is nothing to the client."
        ).risk(.high).needing("mirror").differs(
            "Only the variables of a fixed list are taken, and the name of a Service leads to its ready endpoints."
        ),
    ]

    /// The annotations that have no effect without a target.
    static let dependentAnnotations = ["mirror-host", "mirror-request-body"]
}

extension ValueParser<ServiceURL> {
    /// `http` or `https`, a host, a path and a query with some variables.
    fileprivate static let mirrorTarget = ValueParser(
        type: "URL",
        examples: ["http://shadow.shop.svc.cluster.local", "https://test.example$request_uri"]
    ) { text throws(ValueError) in
        let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
        let end = text[start...].firstIndex { "/?$".contains($0) } ?? text.endIndex
        var url = try ValueParser.serviceURL.parse(text[..<end] + "/")
        let rest = text[end...]
        var parts = try Expression.parts(of: rest, .ofRequestLine, where: \.isURLCharacter)
        switch parts.first {
        case nil: parts = [.variable(.requestURI)]
        case .literal(let text)? where text.hasPrefix("/"): break
        case .literal?: parts.insert(.literal("/"), at: 0)
        case .variable(.requestURI)?: break
        case .variable(let name)?:
            throw ValueError(reason: "names '\(name)' where a path begins, which only '$request_uri' does")
        }
        guard let target = Expression(parts: parts) else { throw ValueError(reason: "is too long") }
        url.target = target
        return url
    }
}
