import Diagnostics
import NginxSyntax
import Template

/// A small model of nginx for templates to be written against.
struct Main: TemplateContext {
    var user: Identifier?
    var servers: [Server] = []
    var codes: [MapEntry] = []

    static let name = "Main"
    static let fields: [TemplateField<Self>] = [
        .optional("user", \.user),
        .list("servers", \.servers),
        .list("codes", \.codes),
        .flag("hasCodes") { !$0.codes.isEmpty },
    ]
}

struct Server: TemplateContext {
    var id = Identifier("s1")
    var hostnames: [ServerName] = []
    var listeners: [Listener] = []
    var certificate: Certificate?
    var maximumBody: ByteSize?
    var http2 = false
    var headers: [Header] = []
    var locations: [Location] = []
    var log = Log()
    var origin: ObjectReference?

    static let name = "Server"
    static let fields: [TemplateField<Self>] = [
        .optional("id", \.id),
        .argument("hostnames", \.hostnames),
        .list("listeners", \.listeners),
        .optional("certificate", \.certificate),
        .optional("maximumBody", \.maximumBody),
        .flag("http2", \.http2),
        .list("headers", \.headers),
        .list("locations", \.locations),
        .record("log", \.log),
        .list("names", \.hostnames),
        .argument("comment") { CommentText($0.origin ?? ObjectReference(kind: "None", name: "x")!) },
    ]
}

struct Listener: TemplateContext {
    var port = PortNumber(80)!
    var options: [Identifier] = []
    var usesTLS = false

    static let name = "Listener"
    static let fields: [TemplateField<Self>] = [
        .argument("port", \.port),
        .argument("options", \.options),
        .flag("usesTLS", \.usesTLS),
    ]
}

struct Certificate: TemplateContext {
    var path: FilePath
    var key: FilePath

    static let name = "Certificate"
    static let fields: [TemplateField<Self>] = [.argument("path", \.path), .argument("key", \.key)]
}

struct Log: TemplateContext {
    var format = Identifier("combined")!
    var certificate: Certificate?

    static let name = "Log"
    static let fields: [TemplateField<Self>] = [
        .argument("format", \.format), .optional("certificate", \.certificate),
    ]
}

struct Header: TemplateContext {
    var name: Text
    var value: Expression

    static let name = "Header"
    static let fields: [TemplateField<Self>] = [.argument("name", \.name), .argument("value", \.value)]
}

struct Location: TemplateContext {
    var match: LocationMatch
    var upstream = Identifier("u1")!
    var headers: [Header] = []
    var allowed: [CIDRBlock] = []
    var redirect: Expression?
    var pattern = try! RegularExpression("^/a/(.*)$")
    var root = Text("/srv")!
    var texts: [Text] = []
    var nested: [Location] = []
    var origin: ObjectReference?

    static let name = "Location"
    static let fields: [TemplateField<Self>] = [
        .argument("match", \.match),
        .argument("upstream", \.upstream),
        .list("headers", \.headers),
        .list("allowed", \.allowed),
        .optional("redirect", \.redirect),
        .argument("pattern", \.pattern),
        .argument("root", \.root),
        .argument("texts", \.texts),
        .list("nested", \.nested),
    ]
}

struct MapEntry: TemplateContext {
    var key: MapKey
    var text: Text
    var value: Expression
    var id = Identifier("k")!
    var keys: [MapKey] = []

    static let name = "MapEntry"
    static let fields: [TemplateField<Self>] = [
        .argument("key", \.key), .argument("text", \.text), .argument("value", \.value), .argument("id", \.id),
        .argument("keys", \.keys),
    ]
}
