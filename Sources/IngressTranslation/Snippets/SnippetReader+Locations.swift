import Diagnostics
import NginxSyntax
import ProxyConfiguration

extension SnippetReader {
    /// Reads `location … { … }` in a server: it answers by itself, and passes nothing on.
    mutating func readLocation(_ directive: Directive) throws(SnippetRefusal) {
        guard let block = directive.block else { throw SnippetRefusal("it needs a block") }
        let match = try SnippetLocation.Match(directive.arguments)
        guard !snippet.locations.contains(where: { $0.match == match }) else {
            throw SnippetRefusal("the snippet has it twice")
        }
        var reader = SnippetReader(scope: scope, place: .serverLocation)
        for inner in block { reader.takeAll(inner) }
        scope = reader.scope
        var inner = reader.finished()
        inner.answerToNetworks()
        snippet.remarks += inner.remarks
        inner.remarks = []
        snippet.locations.append(
            SnippetLocation(
                match: match,
                text: directive.arguments.joined(separator: " "),
                line: directive.line,
                snippet: inner
            )
        )
    }
}

extension [AccessRule] {
    /// Whether there are clients that they do not let pass.
    var refusesSome: Bool { prefix { !($0.isAllowed && $0.network == .all) }.contains { !$0.isAllowed } }
}

extension Snippet {
    /// Has steps say what `deny` does, which nginx would ask for only behind them.
    ///
    /// Clients that it lets pass find nothing there either: they are refused with the others.
    fileprivate mutating func answerToNetworks() {
        let denies = access.refusesSome
        access = []
        guard denies else { return }
        let refuses = script.steps.contains { step in
            if case .act(.answer(let status, _)) = step { status.value >= 400 } else { false }
        }
        if !refuses { script.steps = [.act(.answer(.forbidden, nil))] }
    }
}
