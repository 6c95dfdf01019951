import Diagnostics
import FoundationEssentials

/// The answer of an API server to a request that it did not serve: the Status object, as far as it matters here.
package struct APIStatus: Sendable, Hashable {
    package var code: Int
    /// In one word, such as `Forbidden`; empty where the answer is no Status object.
    package var reason: String
    package var message: String

    package init(code: Int, reason: String = "", message: String = "") {
        self.code = code
        self.reason = reason
        self.message = message
    }

    /// Reads the body of an answer; one that is no Status object, as a proxy in between gives, is quoted in short.
    init(code: Int, body: [UInt8]) {
        let fields = try? JSONDecoder().decode(Fields.self, from: Data(body))
        let text = String(decoding: body.prefix(200), as: UTF8.self).split(whereSeparator: \.isNewline).first ?? ""
        self.init(code: code, reason: fields?.reason ?? "", message: fields?.message ?? text.printable)
    }

    private struct Fields: Decodable {
        var reason: String?
        var message: String?
    }
}
