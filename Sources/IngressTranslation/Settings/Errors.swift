import Diagnostics
import NginxSyntax

/// Which responses are replaced by those of another backend.
struct ErrorValues: Sendable, Hashable {
    /// The errors that the default backend answers in place of.
    var statuses: [StatusCode] = []
    /// Whether errors of backends are left as they are.
    var leavesBackends = false
    /// The name of a Service of the Ingress's namespace.
    var defaultBackend: String?
}

enum Errors {
    static let settings: [Setting] = [
        .value(
            "custom-http-errors",
            .errorStatuses,
            \.errors.statuses,
            default: nil,
            scope: .location,
            from: .everywhere,
            ifInvalid: .usesDefaultSaying("errors are passed on as they are"),
            "Has the default backend of the Ingress, else that of the controller, answer in place of these errors. It is "
                + "asked for '/', and told of the error by X-Code, X-Format, X-Original-URI, X-Namespace, X-Ingress-Name, "
                + "X-Service-Name, X-Service-Port and X-Request-ID; the status of the response stays that of the error."
        ).differs(
            "The status of the response is that of the error, whatever its page says, and statuses below 400 "
                + "are refused. The page is asked for by GET, without the body of the request."
        ),
        .value(
            "default-backend",
            .serviceName,
            \.errors.defaultBackend,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("requests without an endpoint answer 503"),
            "Names a Service whose first port serves requests for a backend without a ready endpoint, and answers in place of "
                + "the errors of custom-http-errors."
        ).identical,
        .value(
            "disable-proxy-intercept-errors",
            .bool,
            \.errors.leavesBackends,
            default: "false",
            scope: .location,
            from: .everywhere,
            "Leaves the errors of backends as they are, also those of custom-http-errors; those of nginx are replaced."
        ).identical,
    ]
}

extension ValueParser<[StatusCode]> {
    /// Errors with commas between them.
    static let errorStatuses = ValueParser.items(
        type: "list of statuses from 400 to 599",
        examples: ["404,503", "401, 403, 500"],
        of: "status",
        write: { $0.map(\.description).joined(separator: ",") },
        whole: { (statuses: [StatusCode], _) throws(ValueError) in Set(statuses).sorted() },
        item: { text throws(ValueError) in
            // 499 is what nginx logs where a client has gone.
            guard text.utf8.count == 3, let number = Int(text), (400...599).contains(number), number != 499,
                let status = StatusCode(number)
            else { throw ValueError(reason: "is no status of an error from 400 to 599") }
            return status
        }
    )
}

extension ValueParser<String> {
    /// The name of a Service.
    static let serviceName = ValueParser(type: "Service", examples: ["errors", "fallback-pages"]) {
        text throws(ValueError) in
        let isName = text.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        guard (1...63).contains(text.utf8.count), isName, !text.hasPrefix("-"), !text.hasSuffix("-") else {
            throw ValueError(reason: "is no name of a Service")
        }
        return text
    }
}
