import NginxControl
import NginxSyntax
import ProxyConfiguration

/// What a shadow nginx does with the request of an explanation.
struct RequestProof: Encodable {
    /// The version of nginx.
    var nginx: String
    /// `nil` where the configuration and the request do not decide what comes of it.
    var agrees: Bool?
    var text: String

    /// - Parameter isAdmitted: Whether it is the request of another client than that of the explanation.
    init(_ asked: AskedRequest, isAdmitted: Bool, on nginx: String) {
        if let passage = asked.passage {
            self.init(receiver: passage.actual, insteadOf: passage.expected, on: nginx)
            return
        }
        let admitted = isAdmitted ? ", for a client that the guards let pass" : ""
        let text: String
        switch (asked.agrees, asked.actual, asked.failure) {
        case (true, let actual?, _): text = "nginx \(nginx) agrees\(admitted): \(actual)"
        case (nil, let actual?, _):
            text = "nginx \(nginx) cannot be compared, since it depends on more than the request: \(actual)"
        case (_, _, let failure?): text = "nginx \(nginx) does not agree: \(failure)"
        case (_, let actual, _):
            let required = asked.expected.map { "must be \($0)" } ?? "must have an answer"
            text = "nginx \(nginx) does not agree: it \(required), but is \(actual.map { "\($0)" } ?? "without one")"
        }
        self.init(nginx: nginx, agrees: asked.agrees, text: text)
    }

    /// - Parameters:
    ///   - receiver: The name of the Service's port that gets what is passed on; `nil` where nobody does.
    ///   - expected: The one that must.
    ///   - thing: What is passed on.
    init(receiver: String?, insteadOf expected: String?, of thing: String = "a connection", on nginx: String) {
        let actual = Self.text(of: receiver, thing)
        let text =
            receiver == expected
            ? "nginx \(nginx) agrees: \(actual)"
            : "nginx \(nginx) does not agree: it must be \(Self.text(of: expected, thing)), but is \(actual)"
        self.init(nginx: nginx, agrees: receiver == expected, text: text)
    }

    private init(nginx: String, agrees: Bool?, text: String) {
        (self.nginx, self.agrees, self.text) = (nginx, agrees, text)
    }

    private static func text(of receiver: String?, _ thing: String) -> String {
        guard let receiver else { return "\(thing) that nobody gets" }
        return "\(thing) that is passed on to \(Identifier(receiver).map(BackendName.words) ?? receiver)"
    }
}
