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
    var id: Identifier? = .named("s1")
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
        .argument("comment") { CommentText($0.origin ?? .none) },
    ]
}

struct Listener: TemplateContext {
    var port = PortNumber.http
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
    var format = Identifier.named("combined")
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
    var upstream = Identifier.named("u1")
    var headers: [Header] = []
    var allowed: [CIDRBlock] = []
    var redirect: Expression?
    var pattern = RegularExpression.capture
    var root = Text.srv
    var texts: [Text] = []
    var nested: [Location] = []
    var handler = Handler.hidden
    var settings = DirectiveSettings<LocationBlock>()
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
        .choice("handler", \.handler),
        .settings("settings", \.settings),
    ]
}

/// The action of a location, one of several.
enum Handler: TemplateChoice, Hashable {
    case proxy(Proxy)
    case redirect(Expression)
    case hidden

    enum Case: String, CaseIterable {
        case proxy, redirect, hidden
    }

    static let name = "Handler"

    var templateCase: Case {
        switch self {
        case .proxy: .proxy
        case .redirect: .redirect
        case .hidden: .hidden
        }
    }

    static func payload(of templateCase: Case) -> TemplatePayload<Handler> {
        switch templateCase {
        case .proxy: .record { if case .proxy(let proxy) = $0 { proxy } else { nil } }
        case .redirect: .argument { if case .redirect(let target) = $0 { target } else { nil } }
        case .hidden: .none
        }
    }
}

struct Proxy: TemplateContext {
    var upstream = Identifier.named("u1")
    var maximumBody: ByteSize?

    static let name = "Proxy"
    static let fields: [TemplateField<Self>] = [
        .argument("upstream", \.upstream), .optional("maximumBody", \.maximumBody),
    ]
}

struct MapEntry: TemplateContext {
    var key: MapKey
    var text: Text
    var value: Expression
    var id = Identifier.named("k")
    var keys: [MapKey] = []

    static let name = "MapEntry"
    static let fields: [TemplateField<Self>] = [
        .argument("key", \.key), .argument("text", \.text), .argument("value", \.value), .argument("id", \.id),
        .argument("keys", \.keys),
    ]
}

/// The values that are known to be sound.
extension Identifier {
    static func named(_ name: String) -> Identifier {
        guard let identifier = Identifier(name) else { preconditionFailure("'\(name)' is no identifier") }
        return identifier
    }
}

extension PortNumber {
    static let http: PortNumber = {
        guard let port = PortNumber(80) else { preconditionFailure("80 is a port") }
        return port
    }()
}

extension Text {
    static let srv: Text = {
        guard let text = Text("/srv") else { preconditionFailure("a path is a text") }
        return text
    }()
}

extension RegularExpression {
    static let capture: RegularExpression = {
        guard let pattern = try? RegularExpression("^/a/(.*)$") else { preconditionFailure("a sound pattern") }
        return pattern
    }()
}

extension ObjectReference {
    static let none: ObjectReference = {
        guard let none = ObjectReference(kind: "None", name: "x") else { preconditionFailure("a sound name") }
        return none
    }()
}
