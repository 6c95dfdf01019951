import Diagnostics
import YAML

/// The changes that make an Ingress or an IngressClass of v1beta1 one of `networking.k8s.io/v1`.
struct IngressRewriting {
    /// Why an object is left as it is; the end of a sentence about it.
    struct Refusal: Error {
        let reason: String
    }

    private static let pathType = "pathType: ImplementationSpecific"

    private(set) var edits: TextEdits

    init(_ text: String) {
        edits = TextEdits(text)
    }

    mutating func rewrite(_ object: OutdatedObject) throws(Refusal) {
        guard edits.rest(at: object.position).first != "{" else {
            throw Refusal(reason: "it is JSON, or written like it")
        }
        try replaceValue(object.apiVersion, by: OutdatedObject.current, at: object.versionPosition)
        guard object.reference.kind == "Ingress" else { return }
        guard let spec = object.mapping["spec"] else { return }
        guard case .mapping(let fields) = spec.value else { throw Refusal(reason: "its spec is no mapping") }
        for entry in fields.entries where entry.key == "backend" {
            try replaceKey("backend", by: "defaultBackend", at: entry.keyPosition)
            try rewriteBackend(entry.value)
        }
        for rule in try items(fields["rules"]) {
            for path in try items(rule["http"]?["paths"]) { try rewritePath(path) }
        }
    }

    private mutating func rewritePath(_ path: Node) throws(Refusal) {
        guard case .mapping(let fields) = path.value else { throw Refusal(reason: "one of its paths is no mapping") }
        guard let backend = fields.entries.first(where: { $0.key == "backend" }) else {
            throw Refusal(reason: "one of its paths has no backend")
        }
        if fields["pathType"]?.isNull ?? true {
            guard fields["pathType"] == nil else { throw Refusal(reason: "a pathType is empty") }
            let column = backend.keyPosition.column - 1
            let end = isFlow(path) ? ", " : edits.lineEnd + String(repeating: " ", count: column)
            edits.insert(Self.pathType + end, at: backend.keyPosition)
        }
        try rewriteBackend(backend.value)
    }

    private mutating func rewriteBackend(_ backend: Node) throws(Refusal) {
        guard case .mapping(let fields) = backend.value else { throw Refusal(reason: "a backend is no mapping") }
        if fields["serviceName"] == nil, fields["servicePort"] == nil, fields["resource"] != nil { return }
        guard fields.entries.count == 2, let first = fields.entries.first, let last = fields.entries.last,
            Set([first.key, last.key]) == ["serviceName", "servicePort"]
        else { throw Refusal(reason: "a backend has other fields than serviceName and servicePort") }
        for entry in [first, last] where entry.value.position.line != entry.keyPosition.line {
            throw Refusal(reason: "a field of a backend stands on two lines")
        }
        if isFlow(backend) { try rewriteFlow(first, last) } else { try rewriteBlock(first, last) }
    }

    /// `serviceName: web, servicePort: 80` becomes `service: {name: web, port: {number: 80}}`.
    private mutating func rewriteFlow(_ first: Mapping.Entry, _ last: Mapping.Entry) throws(Refusal) {
        for (entry, start) in [(first, "service: {"), (last, "")] {
            let isName = entry.key == "serviceName"
            let key = isName ? "name" : "port: {\(try portField(entry.value))"
            try replaceKey(entry.key, by: start + key, at: entry.keyPosition)
            let braces = (isName ? "" : "}") + (entry.key == last.key ? "}" : "")
            edits.insert(braces, at: try end(of: entry.value))
        }
    }

    /// The two fields move below `service`, each on its line and with its comment.
    private mutating func rewriteBlock(_ first: Mapping.Entry, _ last: Mapping.Entry) throws(Refusal) {
        let indentation = String(repeating: " ", count: first.keyPosition.column - 1)
        for (entry, start) in [(first, "service:" + edits.lineEnd + indentation + "  "), (last, "  ")] {
            guard edits.startsLine(entry.keyPosition) else {
                throw Refusal(reason: "a field of a backend does not begin its line")
            }
            let key =
                entry.key == "serviceName"
                ? "name" : "port:\(edits.lineEnd)\(indentation)    \(try portField(entry.value))"
            _ = try end(of: entry.value)
            try replaceKey(entry.key, by: start + key, at: entry.keyPosition)
        }
        for comment in edits.comments(after: first.keyPosition.line, before: last.keyPosition.line) {
            edits.insert("  ", at: comment)
        }
    }

    private func portField(_ node: Node) throws(Refusal) -> String {
        guard case .scalar(let scalar) = node.value else { throw Refusal(reason: "a servicePort is no single value") }
        switch scalar.meaning {
        case .integer: return "number"
        case .string where scalar.text.contains(where: \.isLetter): return "name"
        default: throw Refusal(reason: "a servicePort is neither a number nor a name")
        }
    }

    private func isFlow(_ node: Node) -> Bool { edits.rest(at: node.position).first == "{" }

    private func items(_ node: Node?) throws(Refusal) -> [Node] {
        guard let node, !node.isNull else { return [] }
        guard case .sequence(let items) = node.value else { throw Refusal(reason: "a list in it is none") }
        return items
    }

    /// The place behind a value that ends on its line.
    private func end(of node: Node) throws(Refusal) -> Node.Position {
        guard case .scalar(let scalar) = node.value else {
            throw Refusal(reason: "a field of a backend is no single value")
        }
        let rest = edits.rest(at: node.position)
        for quote in ["", "'", "\""] {
            let written = "\(quote)\(scalar.text)\(quote)".unicodeScalars
            guard !scalar.text.isEmpty, rest.starts(with: written) else { continue }
            return Node.Position(line: node.position.line, column: node.position.column + written.count)
        }
        throw Refusal(reason: "a value is written with escapes or a tag")
    }

    private mutating func replaceKey(_ key: String, by text: String, at place: Node.Position) throws(Refusal) {
        guard edits.replace(key, by: text, at: place) else { throw Refusal(reason: "the key '\(key)' is quoted") }
    }

    private mutating func replaceValue(_ value: String, by text: String, at place: Node.Position) throws(Refusal) {
        let first = edits.rest(at: place).first
        let isQuoted = first == "'" || first == "\""
        let start = Node.Position(line: place.line, column: place.column + (isQuoted ? 1 : 0))
        guard edits.replace(value, by: text, at: start) else {
            throw Refusal(reason: "its apiVersion is written with escapes or a tag")
        }
    }
}
