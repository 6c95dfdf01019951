import Diagnostics
import NginxSyntax
import ProxyConfiguration

extension SnippetReader {
    /// Reads `location … { … }` within that of a path, where nginx passes nothing on: it refuses, redirects, or answers.
    mutating func readNested(_ directive: Directive) throws(SnippetRefusal) {
        guard let block = directive.block else { throw SnippetRefusal("it needs a block") }
        let match = try NestedLocation.Match(directive.arguments)
        guard !nested.contains(where: { $0.match.isSame(as: match) }) else {
            throw SnippetRefusal("the snippet has it twice")
        }
        let condition = NestedLocation.condition(directive.arguments).excerpt
        for inner in block { try Self.checkStays(inner, condition) }
        if case .expression(let pattern, _) = match { scope.groups = .path(pattern.captureCount) }
        defer { scope.groups = .none }
        let acts = try nestedActs(block, condition)
        nested.append(NestedLocation(match: match, acts: acts, line: directive.line))
    }

    private mutating func nestedActs(_ block: [Directive], _ condition: String) throws(SnippetRefusal) -> [RequestAct] {
        var access: [AccessRule] = []
        var acts: [RequestAct] = []
        do throws(SnippetRefusal) {
            for inner in block where ["allow", "deny"].contains(inner.name) { access.append(try AccessRule(inner)) }
            acts = try self.acts(of: block.filter { !["allow", "deny"].contains($0.name) })
        } catch {
            guard error.advice == SnippetScope.comparesRequestURI else { throw error }
            throw SnippetRefusal(
                error.reason,
                advice: "write 'if (\(condition.replacing("$uri", with: "$request_uri"))) { ... }' in its place"
            )
        }
        if access.refusesSome, !acts.contains(where: \.refuses) { return [.answer(.forbidden, nil)] }
        if let last = acts.last, last.alwaysEnds { return acts }
        guard acts.contains(where: { if case .rewrite = $0 { true } else { false } }) || access.refusesSome else {
            throw SnippetRefusal(
                "nginx passes no request on in a location of its own there: it looks for a file, and answers 404",
                advice: "write 'if (\(condition)) { ... }' in its place: requests are passed on there"
            )
        }
        return acts + [.answer(.notFound, nil)]
    }

    /// Refuses what would have nginx look for files, or lead requests elsewhere.
    private static func checkStays(_ directive: Directive, _ condition: String) throws(SnippetRefusal) {
        switch directive.name {
        case "proxy_pass", "fastcgi_pass", "grpc_pass", "uwsgi_pass":
            throw SnippetRefusal(
                "'\(directive.name)' in line \(directive.line) leads requests to what no path of an Ingress names",
                advice:
                    "add a path with a Service to the Ingress; what differs for some requests of a path may stand in "
                    + "'if (\(condition)) { ... }'"
            )
        case "alias", "autoindex", "index", "root", "try_files":
            throw SnippetRefusal(
                "'\(directive.name)' in line \(directive.line) has nginx serve files of its own machine",
                advice: "have a backend serve them, with a path of its own"
            )
        case "if", "limit_except", "location":
            throw SnippetRefusal(
                "'\(directive.name)' in line \(directive.line) is not read in a location within that of a path",
                advice: "move it out of there, or into a 'server-snippet'"
            )
        case "break": throw SnippetRefusal("'break' in line \(directive.line) has nginx look for a file")
        case "rewrite" where directive.arguments.count < 3 || directive.arguments.last == "break":
            throw SnippetRefusal(
                "'rewrite' in line \(directive.line) is read with 'last', 'redirect' or 'permanent' there",
                advice: "write it outside of the location, or end it with 'last'"
            )
        default: break
        }
    }
}

extension NestedLocation.Match {
    /// Whether nginx takes both for one location.
    fileprivate func isSame(as other: Self) -> Bool {
        switch (self, other) {
        case (.prefix(let path, _), .prefix(let otherPath, _)): path == otherPath
        default: self == other
        }
    }
}

extension RequestAct {
    /// Whether nothing comes behind it.
    fileprivate var alwaysEnds: Bool {
        switch self {
        case .answer, .redirect: true
        case .set, .rewrite, .stop: false
        }
    }

    fileprivate var refuses: Bool { if case .answer(let status, _) = self { status.value >= 400 } else { false } }
}
