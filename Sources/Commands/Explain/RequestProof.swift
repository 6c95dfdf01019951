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
        self.nginx = nginx
        agrees = asked.agrees
        if let passage = asked.passage {
            let (actual, expected) = (Self.text(of: passage.actual), Self.text(of: passage.expected))
            text =
                passage.actual == passage.expected
                ? "nginx \(nginx) agrees: \(actual)"
                : "nginx \(nginx) does not agree: it must be \(expected), but is \(actual)"
            return
        }
        let admitted = isAdmitted ? ", for a client that the guards let pass" : ""
        switch (asked.agrees, asked.actual, asked.failure) {
        case (true, let actual?, _): text = "nginx \(nginx) agrees\(admitted): \(actual)"
        case (nil, let actual?, _):
            text = "nginx \(nginx) cannot be compared, since it depends on more than the request: \(actual)"
        case (_, _, let failure?): text = "nginx \(nginx) does not agree: \(failure)"
        case (_, let actual, _):
            let required = asked.expected.map { "must be \($0)" } ?? "must have an answer"
            text = "nginx \(nginx) does not agree: it \(required), but is \(actual.map { "\($0)" } ?? "without one")"
        }
    }

    private static func text(of receiver: String?) -> String {
        receiver.map { name in
            "a connection that is passed on to \(Identifier(name).map(BackendName.words) ?? name)"
        } ?? "a connection that is closed"
    }
}
