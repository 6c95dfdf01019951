import Certificates
import Diagnostics
import FoundationEssentials
import KubernetesModel
import NginxSyntax
import OpenSSL

extension ValueParser<Text> {
    /// Ciphers as OpenSSL names them, of which this machine's has one at least: nginx refuses all else.
    static let serverCiphers = ValueParser(type: "list of ciphers", examples: ["HIGH:!aNULL:!MD5", "ECDHE+AESGCM"]) {
        text throws(ValueError) in
        let isList = text.utf8.allSatisfy { $0.isTLSWordByte || "!+=@".utf8.contains($0) }
        guard isList, !text.isEmpty, text.utf8.count <= 2_000, let list = Text(text) else {
            throw ValueError(reason: "is no list of ciphers with colons between them")
        }
        guard CipherList.isUsable(text) else { throw ValueError(reason: "names no cipher that OpenSSL has") }
        return list
    }

    /// Curves as OpenSSL names them, or `auto` for those that it has by default.
    static let curves = ValueParser(type: "auto or list of curves", examples: ["X25519:prime256v1", "secp384r1"]) {
        text throws(ValueError) in
        let isList = !text.isEmpty && text.utf8.count <= 500 && text.utf8.allSatisfy(\.isTLSWordByte)
        guard isList, let list = Text(text) else {
            throw ValueError(reason: "is no list of curves with colons between them")
        }
        guard text == "auto" || CurveList.isUsable(text) else {
            throw ValueError(reason: "names a curve that OpenSSL does not have")
        }
        return list
    }
}

extension ValueParser<[Identifier]> {
    /// Versions of TLS, each once.
    static let protocols = ValueParser(type: "list of versions", examples: ["TLSv1.3", "TLSv1.3 TLSv1.2"]) {
        text throws(ValueError) in
        let words = text.split(separator: " ").map(String.init)
        let known = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]
        if let wrong = words.first(where: { !known.contains($0) }) {
            throw ValueError(reason: "names '\(wrong.excerpt)', which is none of \(known.joined(separator: ", "))")
        }
        guard !words.isEmpty else { throw ValueError(reason: "names no version") }
        return known.filter(words.contains).compactMap(Identifier.init)
    }
}

extension ValueParser<NamespacedName> {
    /// The name of a Secret with its namespace.
    static let qualifiedSecretName = ValueParser(
        type: "namespace/name",
        examples: ["ingress/dhparam", "web/parameters"]
    ) { text throws(ValueError) in
        guard let name = NamespacedName(text), ObjectReference(kind: Secret.kind, name) != nil else {
            throw ValueError(reason: "is no name of a Secret with its namespace, such as 'ingress/dhparam'")
        }
        return name
    }
}

extension ValueParser<SecretBytes> {
    /// The key of session tickets; no value and no finding tells any of it.
    static let ticketKey = ValueParser(
        type: "base64 of 48 or 80 bytes",
        examples: [String(repeating: "AAAA", count: 16), String(repeating: "bm90", count: 26) + "bm8="]
    ) { text throws(ValueError) in
        let digits = text.filter { !$0.isNewline }
        guard let key = Data(base64Encoded: digits) else { throw ValueError(reason: "is no base64") }
        guard key.count == 48 || key.count == 80 else {
            throw ValueError(reason: "stands for \(key.count) bytes, and not for 48 or 80")
        }
        return SecretBytes(Array(key))
    }
}

extension ValueParser<ByteSize> {
    /// The size of memory that all workers share.
    static let cacheSize = ValueParser(type: "size from 64k to 1024m", examples: ["1m", "50m"]) {
        text throws(ValueError) in
        let size = try Self.size.parse(text)
        guard (64 << 10...1 << 30).contains(size.bytes) else { throw ValueError(reason: "is not from 64k to 1024m") }
        return size
    }
}

extension ValueParser<TimeSpan> {
    /// A time as nginx writes it.
    static let span = ValueParser(type: "time", examples: ["1h", "600s"]) { text throws(ValueError) in
        guard let time = TimeSpan(text), time.milliseconds % 1_000 == 0, time.milliseconds <= 100 * 86_400_000 else {
            throw ValueError(reason: "is no time up to 100 days such as 10m")
        }
        return time
    }
}

extension UInt8 {
    fileprivate var isTLSWordByte: Bool { VariableName.isNameByte(self) || "-:.".utf8.contains(self) }
}
