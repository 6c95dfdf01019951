import Crypto
import Curl
import Foundation
import TextCoding

/// The parts of an answer that are compared.
struct ComparedAnswer: Sendable, Hashable {
    /// One thing in which two answers may differ.
    enum Aspect: Hashable, Comparable {
        case answer
        case status
        case certificate
        case header(String)
        case body

        var name: String {
            switch self {
            case .answer: "answer"
            case .status: "status"
            case .certificate: "certificate"
            case .header(let name): name
            case .body: "body"
            }
        }
    }

    /// By aspect, those that there are.
    let parts: [Aspect: String]

    /// - Parameters:
    ///   - certificate: That of the connection, in PEM.
    ///   - headers: Those to compare, in lower case.
    ///   - body: Whether the body counts.
    init(_ response: RawResponse, certificate: String?, headers: [String], body: Bool) {
        var parts: [Aspect: String] = [.status: "\(response.status)"]
        for name in headers { parts[.header(name)] = response.header(name) }
        parts[.certificate] = certificate.flatMap(Self.fingerprint)
        if body { parts[.body] = SHA256.hash(data: Data(response.body.utf8)).prefix(8).hexadecimal }
        self.parts = parts
    }

    /// No answer, and why.
    init(failure: CurlError) {
        parts = [.answer: failure.isOfHandshake ? "no TLS handshake" : failure.description]
    }

    var isFailure: Bool { parts[.answer] != nil }

    /// The aspects in which another answer differs.
    func differences(from other: ComparedAnswer) -> [Aspect] {
        // Of a request without an answer nothing else is known.
        if isFailure || other.isFailure { return parts == other.parts ? [] : [.answer] }
        return Set(parts.keys).union(other.parts.keys).filter { parts[$0] != other.parts[$0] }.sorted()
    }

    /// What it has of an aspect, in a few words.
    func text(of aspect: Aspect) -> String {
        if aspect == .answer { return parts[.answer] ?? parts[.status] ?? "none" }
        return parts[aspect] ?? "none"
    }

    /// The SHA-256 of a certificate in PEM, as far as it takes to tell it from others.
    private static func fingerprint(_ pem: String) -> String? {
        let lines = pem.split(whereSeparator: \.isNewline).drop { !$0.hasPrefix("-----BEGIN") }.dropFirst()
        let base64 = lines.prefix { !$0.hasPrefix("-----END") }.joined()
        return Data(base64Encoded: base64).map { "sha256:\(SHA256.hash(data: $0).prefix(8).hexadecimal)" }
    }
}
