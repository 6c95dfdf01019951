import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Which headers requests and responses have.
struct HeaderValues: Sendable, Hashable {
    /// The name of a ConfigMap with headers for the responses of an Ingress.
    var customName: String?
    /// The headers that such a ConfigMap may set.
    var allowed: [HeaderName] = []
    /// The content of the ConfigMap, once it is read.
    var custom: ResponseHeaders?
    var hidden: [HeaderName] = []
    /// The ConfigMaps with headers for all responses, and for all requests to backends; what they come to, once read.
    var addedName: NamespacedName?
    var added = ResponseHeaders()
    var sentName: NamespacedName?
    var sent = RequestHeaders()
    var passesServer = false
    var makesRequestIDs = true
    var showsVersion = false
    var sendsURI = false

    /// The headers for backends beside those that they get in any case.
    var requestHeaders: RequestHeaders {
        let uri = RequestHeader(HeaderName(known: "X-Original-URI"), Expression(.requestURI))
        return RequestHeaders(sendsURI ? [uri] : []).overridden(by: sent)
    }

    /// The headers of all responses.
    var responseHeaders: ResponseHeaders { ResponseHeaders(hidden: hidden).with(added) }
}

enum Headers {
    static let settings: [Setting] = [
        .value(
            "add-headers",
            .qualifiedName,
            \.headers.addedName,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("responses have no more headers"),
            "Names a ConfigMap with headers for all responses, in place of what backends say. Values may name variables "
                + "such as '$request_id'."
        ).namingConfigMap.differs(
            "Only the variables of a fixed list are taken, and a header that nginx writes itself, such as Server or Date, is "
                + "left out."
        ),
        .value(
            "allow-backend-server-header",
            .bool,
            \.headers.passesServer,
            default: "false",
            scope: .http,
            from: .global,
            "Passes the header Server of backends on, in place of nginx's own."
        ).identical,
        .value(
            "connection-proxy-header",
            .connectionHeader,
            \.backendHeaders.connection,
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("backends get the usual header"),
            "Sets the header Connection of requests to backends; no WebSocket comes through with it."
        ).identical,
        .value(
            "custom-headers",
            .configMapName,
            \.headers.customName,
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .closes("the paths of the Ingress answer 503") { $0.unhonoured.append("custom-headers") },
            "Names a ConfigMap of the Ingress's namespace with headers for responses, in place of what backends say; those "
                + "that 'global-allowed-response-headers' names may be set."
        ).risk(.medium).namingConfigMap.differs(
            "A header that nginx writes itself, such as Server or Date, is left out."
        ),
        .httpDirective(
            "default-type",
            .mediaType,
            default: "text/html",
            sets: "default_type",
            "Sets the type of nginx's own responses that have none."
        ).identical,
        .value(
            "generate-request-id",
            .bool,
            \.headers.makesRequestIDs,
            default: "true",
            scope: .http,
            from: .global,
            "Gives requests without X-Request-ID one."
        ).identical,
        .value(
            "global-allowed-response-headers",
            .responseHeaderNames,
            \.headers.allowed,
            default: nil,
            scope: .location,
            from: .configMaps,
            ifInvalid: .allowsNothing("no header is allowed") { $0.headers.allowed = [] },
            "Names the headers that 'custom-headers' may set."
        ).identical,
        .value(
            "hide-headers",
            .responseHeaderNames,
            \.headers.hidden,
            default: nil,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("what backends say is passed on"),
            "Names headers of backends that are not passed on."
        ).identical,
        .unsupported(
            "http2-push-preload",
            because: "nginx has removed it in 1.25.1, as browsers have",
            from: .annotation,
            "Pushes what the header Link names."
        ).wouldNeed("nothing: browsers take no pushes"),
        .value(
            "proxy-add-original-uri-header",
            .bool,
            \.headers.sendsURI,
            default: "false",
            scope: .http,
            from: .global,
            "Tells backends the URI of the request, before it is rewritten, as X-Original-URI."
        ).identical,
        .value(
            "proxy-set-headers",
            .qualifiedName,
            \.headers.sentName,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("backends are told as usual"),
            "Names a ConfigMap with headers for all requests to backends, in place of those that clients send. Values may "
                + "name variables such as '$remote_addr'; one without a value takes the header away."
        ).namingConfigMap.differs(
            "Only the variables of a fixed list are taken, and headers of a connection, such as Upgrade, are left out."
        ),
        .value(
            "server-tokens",
            .bool,
            \.headers.showsVersion,
            default: "false",
            scope: .http,
            from: .global,
            "Tells nginx's version in the header Server and on its pages; the name is told in any case."
        ).differs("Where it is off the header Server is 'nginx'; in ingress-nginx there is none."),
        .value(
            "upstream-vhost",
            .upstreamHost,
            \.backendHeaders.host,
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("backends are told the host of the request"),
            "Sets the header Host of requests to backends. It may name '$service_name', '$service_port', '$namespace' and "
                + "'$ingress_name', and '$host' of the request."
        ).differs("Only the variables of a fixed list are taken."),
        .value(
            "x-forwarded-prefix",
            .forwardedPrefix,
            \.backendHeaders.prefix,
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("backends are told no prefix"),
            "Sets the header X-Forwarded-Prefix of requests to backends whose path a rewrite-target changes; $1 to $9 are "
                + "the groups of the Ingress's path."
        ).risk(.medium).differs(
            "$1 to $9 are those of the Ingress's path, and are escaped where the request's path is."
        ),
    ]
}

extension ValueParser<[HeaderName]> {
    /// Names of headers of responses; a wrong one is left out.
    static let responseHeaderNames = items(
        type: "list of headers",
        examples: ["X-One, X-Two", "X-Powered-By"],
        of: "header",
        write: { $0.map(\.value).joined(separator: ",") },
        whole: { (names: [HeaderName], _) throws(ValueError) in
            names.reduce(into: []) { known, name in if !known.contains(where: name.isSame) { known.append(name) } }
        },
        item: { text throws(ValueError) in
            guard let name = HeaderName(text), name.value.utf8.count <= 46 else {
                throw ValueError(reason: "is no name of a header")
            }
            return name
        }
    )
}

extension ValueParser<Text> {
    /// A type and a subtype.
    static let mediaType = ValueParser(type: "media type", examples: ["text/plain", "application/octet-stream"]) {
        text throws(ValueError) in
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isType = parts.count == 2 && parts.allSatisfy { HTTPToken(String($0).replacing("+", with: "-")) != nil }
        guard isType, text.utf8.count <= 100, let value = Text(text) else {
            throw ValueError(reason: "is no media type such as text/plain")
        }
        return value
    }
}

extension ValueParser<NamespacedName> {
    /// The name of a ConfigMap with its namespace.
    static let qualifiedName = ValueParser(type: "namespace/name", examples: ["ingress/headers", "web/more"]) {
        text throws(ValueError) in
        guard let name = NamespacedName(text), ObjectReference(kind: ConfigMap.kind, name) != nil else {
            throw ValueError(reason: "is no name of a ConfigMap with its namespace, such as 'ingress/headers'")
        }
        return name
    }
}

extension ValueParser<String> {
    /// The name of a ConfigMap, with its namespace or without one.
    static let configMapName = ValueParser(type: "name", examples: ["headers", "for-responses"]) {
        text throws(ValueError) in
        let name = NamespacedName(text.contains("/") ? text : "default/\(text)")
        guard name.flatMap({ ObjectReference(kind: ConfigMap.kind, $0) }) != nil else {
            throw ValueError(reason: "is no name of a ConfigMap")
        }
        return text
    }
}
