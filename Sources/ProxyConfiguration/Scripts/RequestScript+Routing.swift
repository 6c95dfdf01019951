import NginxSyntax

extension RequestScript {
    /// What comes of a request by the steps.
    enum Result: Hashable {
        case passes
        /// By another path, which no step behind the script changes.
        case passesAs(path: [UInt8])
        /// Another location is looked for by another path.
        case searches(path: [UInt8])
        /// No step behind the script changes the path.
        case stops
        case ends(RoutingDecision.Outcome)
    }

    /// - Parameter isOfServer: Whether a location is looked for behind the script.
    func result(
        for request: Request,
        to host: RequestHost,
        _ target: RequestTarget,
        isOfServer: Bool = false
    ) -> Result {
        var run = ScriptRun(request: request, host: host, target: target, isOfServer: isOfServer)
        for name in variables { run.values[name] = .some([]) }
        // The next location may have the same script, which then finds its variables set.
        run.knowsNextLocation = variables.isEmpty
        for step in steps {
            switch step {
            case .act(let act):
                if let result = run.result(of: act) { return result }
            case .test(let test, let acts):
                switch run.verdict(on: test) {
                case nil: return .ends(.undecided)
                case .givenUp: return .ends(.answered(.internalServerError))
                case .isNotMet: continue
                case .isMet:
                    for act in acts { if let result = run.result(of: act) { return result } }
                }
            }
        }
        return .passes
    }
}

/// One request on its way through a script.
private struct ScriptRun {
    let request: Request
    let host: RequestHost
    let target: RequestTarget
    let isOfServer: Bool
    /// Whether it is known what comes of looking for another location.
    var knowsNextLocation = true
    /// The texts of the script's variables; `nil` for one that no model knows.
    var values: [VariableName: [UInt8]?] = [:]
    /// The groups of the expression that has matched last.
    private var groups: [[UInt8]?] = []

    enum Verdict { case isMet, isNotMet, givenUp }

    init(request: Request, host: RequestHost, target: RequestTarget, isOfServer: Bool) {
        (self.request, self.host, self.target) = (request, host, target)
        self.isOfServer = isOfServer
    }

    /// Returns `nil` where that is not known.
    mutating func verdict(on test: RequestTest) -> Verdict? {
        guard let value = value(of: test.variable) else { return nil }
        switch test.comparison {
        case .isSet: return value.isEmpty || value == Array("0".utf8) ? .isNotMet : .isMet
        case .equals(let text): return self.text(text).map { $0 == value ? .isMet : .isNotMet }
        case .differs(let text): return self.text(text).map { $0 == value ? .isNotMet : .isMet }
        case .matches(let pattern, let ignoresCase):
            return matches(pattern, ignoresCase, value).map { $0 ? .isMet : .isNotMet } ?? .givenUp
        case .matchesNot(let pattern, let ignoresCase):
            return matches(pattern, ignoresCase, value).map { $0 ? .isNotMet : .isMet } ?? .givenUp
        }
    }

    /// Returns `nil` where PCRE2 gives up.
    private mutating func matches(_ pattern: RegularExpression, _ ignoresCase: Bool, _ text: [UInt8]) -> Bool? {
        switch pattern.outcome(in: text, ignoringCase: ignoresCase) {
        case .match(let match):
            groups = match.groups.map { $0.map { Array(text[$0]) } }
            return true
        case .noMatch: return false
        case .givenUp: return nil
        }
    }

    /// Returns `nil` where the next step has its turn.
    mutating func result(of act: RequestAct) -> RequestScript.Result? {
        switch act {
        case .set(let name, let value):
            values[name] = text(value)
            return nil
        // nginx closes the connection without an answer.
        case .answer(let status, _) where status.value == 444: return .ends(.undecided)
        case .answer(let status, _): return .ends(.answered(status))
        case .redirect(let status, let url):
            // A request does not tell the port that it came to.
            guard let text = text(url) else { return .ends(.undecided) }
            return .ends(.redirected(status, to: String(decoding: text, as: UTF8.self)))
        case .rewrite(let rewrite): return result(of: rewrite)
        case .stop: return .stops
        }
    }

    private mutating func result(of rewrite: PathRewrite) -> RequestScript.Result? {
        guard let isMatch = matches(rewrite.pattern, false, target.path) else {
            return .ends(.answered(.internalServerError))
        }
        guard isMatch else { return nil }
        // How nginx writes a URL, and joins queries, is told by nginx alone.
        guard let path = text(rewrite.target), !path.contains(UInt8(ascii: "?")) else { return .ends(.undecided) }
        switch rewrite.then {
        case .break: return .passesAs(path: path)
        case .last where isOfServer: return .passesAs(path: path)
        case .last where knowsNextLocation && !path.isEmpty: return .searches(path: path)
        case .last, .next, .redirect, .permanent: return .ends(.undecided)
        }
    }

    /// The text of an expression; `nil` where it is not known.
    private func text(_ expression: Expression) -> [UInt8]? {
        var text: [UInt8] = []
        for part in expression.parts {
            switch part {
            case .literal(let literal): text += literal.utf8
            case .variable(let name):
                guard let value = value(of: name) else { return nil }
                text += value
            }
        }
        return text
    }

    private func value(of variable: VariableName) -> [UInt8]? {
        if let known = values[variable] { return known }
        if variable.isCapture {
            let number = Int(variable.value) ?? 0
            return groups.indices.contains(number) ? groups[number] ?? [] : []
        }
        return request.value(of: variable.value, to: host, target)
    }
}

extension Request {
    /// The text of a variable of nginx for the request; `nil` for one that no model knows.
    fileprivate func value(of name: String, to host: RequestHost, _ target: RequestTarget) -> [UInt8]? {
        switch name {
        case "args", "query_string": Array((target.query ?? "").utf8)
        case "is_args": target.query?.isEmpty ?? true ? [] : Array("?".utf8)
        case "document_uri", "uri": target.path
        case "request_uri": Array(originalTarget.utf8)
        case "host": Array(host.text.utf8)
        case "scheme": Array(scheme.rawValue.utf8)
        case "request_method": Array(method.utf8)
        case "requested_host": Array((forwardedHost ?? self.host).utf8)
        case "remote_addr": client.map { Array($0.description.utf8) }
        default: header(of: name) ?? argument(of: name, in: target.query ?? "")
        }
    }

    /// The text of a variable for a header of the request; `nil` for any other, and for headers that clients send unasked.
    private func header(of variable: String) -> [UInt8]? {
        // Without a header of cookies there is none.
        if variable.hasPrefix("cookie_") { return headers["cookie"] == nil ? [] : nil }
        guard variable.hasPrefix("http_"), !["http_accept", "http_connection"].contains(variable) else { return nil }
        let name = variable.dropFirst("http_".count)
        let header = headers.first { $0.key.replacing("-", with: "_") == name }
        return Array((header?.value ?? "").utf8)
    }

    /// The text of a variable for an argument of the query, as it is sent; `nil` for any other.
    private func argument(of variable: String, in query: String) -> [UInt8]? {
        guard variable.hasPrefix("arg_") else { return nil }
        let name = variable.dropFirst("arg_".count).lowercased()
        for item in query.split(separator: "&") {
            guard let end = item.firstIndex(of: "="), item[..<end].lowercased() == name else { continue }
            return Array(item[item.index(after: end)...].utf8)
        }
        return []
    }
}
