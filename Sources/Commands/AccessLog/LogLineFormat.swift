import NginxSyntax
import ProxyConfiguration

/// Reads lines of an access log back into the values of the variables that its format names.
struct LogLineFormat: Sendable, Hashable {
    private enum Part: Hashable {
        case literal([UInt8])
        case variable(String)
    }

    private let parts: [Part]
    /// The variables that it names.
    let variables: Set<String>
    private let escaping: AccessLog.Escaping?

    /// The usual format of ingress-nginx, which is Postern's as well.
    static let usual = LogLineFormat(
        """
        $remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" \
        "$http_user_agent" $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] \
        $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id
        """
    )

    /// The format that a configuration logs in.
    init(of log: AccessLog) {
        guard let format = log.format else {
            self = .usual
            return
        }
        escaping = log.escaping
        parts = format.text.parts.map { part in
            switch part {
            case .literal(let text): .literal(Array(text.utf8))
            case .variable(let name): .variable(name.value)
            }
        }
        variables = Self.variables(in: parts)
    }

    private static func variables(in parts: [Part]) -> Set<String> {
        Set(parts.compactMap { if case .variable(let name) = $0 { name } else { nil } })
    }

    private init(_ text: String) {
        escaping = nil
        var parts: [Part] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            let literal = rest.prefix { $0 != "$" }
            if !literal.isEmpty { parts.append(.literal(Array(literal.utf8))) }
            rest = rest.dropFirst(literal.count + 1)
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            if !name.isEmpty { parts.append(.variable(String(name))) }
            rest = rest.dropFirst(name.count)
        }
        self.parts = parts
        variables = Self.variables(in: parts)
    }

    /// The values of the variables; `nil` for a line of another format.
    ///
    /// A value that nginx does not have is left out.
    func values(in line: [UInt8]) -> [String: String]? {
        var values: [String: String] = [:]
        var rest = line[...]
        for (index, part) in parts.enumerated() {
            switch part {
            case .literal(let text):
                guard rest.starts(with: text) else { return nil }
                rest = rest.dropFirst(text.count)
            case .variable(let name):
                let end: ArraySlice<UInt8>.Index
                if index + 1 == parts.count {
                    end = rest.endIndex
                } else if case .literal(let next) = parts[index + 1], let found = self.end(of: name, in: rest, next) {
                    end = found
                } else {
                    // Two variables without anything between them.
                    return nil
                }
                let value = rest[..<end]
                if !value.elementsEqual("-".utf8), !value.isEmpty { values[name] = unescaped(value) }
                rest = rest[end...]
            }
        }
        return rest.isEmpty ? values : nil
    }

    /// Where the value of a variable ends that a text follows.
    private func end(of name: String, in rest: ArraySlice<UInt8>, _ next: [UInt8]) -> ArraySlice<UInt8>.Index? {
        let isList = name.hasPrefix("upstream_")
        var index = rest.startIndex
        while index < rest.endIndex {
            if escaping == .json, rest[index] == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            if rest[index...].starts(with: next) {
                guard isList, next.first == UInt8(ascii: " ") else { return index }
                // Of several upstreams that were tried the values stand behind each other: `a:80, b:80 : c:80`.
                let isBehindComma = index > rest.startIndex && rest[index - 1] == UInt8(ascii: ",")
                if rest[index...].starts(with: " : ".utf8) {
                    index += 3
                } else if isBehindComma {
                    index += 1
                } else {
                    return index
                }
                continue
            }
            index += 1
        }
        return nil
    }

    /// The value before nginx has escaped it.
    private func unescaped(_ value: ArraySlice<UInt8>) -> String {
        guard escaping != AccessLog.Escaping.none, value.contains(UInt8(ascii: "\\")) else {
            return String(decoding: value, as: UTF8.self)
        }
        var bytes: [UInt8] = []
        var rest = value
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let kind = rest.first else {
                bytes.append(byte)
                continue
            }
            let digits = kind == UInt8(ascii: "x") ? 2 : kind == UInt8(ascii: "u") ? 4 : 0
            let text = String(decoding: rest.dropFirst().prefix(digits), as: UTF8.self)
            if digits > 0, let code = UInt32(text, radix: 16) {
                rest = rest.dropFirst(1 + digits)
                if digits == 2 {
                    bytes.append(UInt8(truncatingIfNeeded: code))
                } else {
                    bytes += Array(String(Unicode.Scalar(code).map(Character.init) ?? "?").utf8)
                }
                continue
            }
            rest.removeFirst()
            let plain: [UInt8: UInt8] = [
                UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "b"): 8,
                UInt8(ascii: "f"): 12,
            ]
            bytes.append(escaping == .json ? plain[kind] ?? kind : kind)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
