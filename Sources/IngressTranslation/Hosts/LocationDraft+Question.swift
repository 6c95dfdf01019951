import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension LocationDraft {
    /// The service that is asked before its requests are passed on.
    var question: Question {
        if case .nobody = owner.question { return .nobody }
        return isAsking ? owner.question : .nobody
    }

    /// The guards of its owner, whatever else is set on the host.
    var policy: ByReference<LocationPolicy> {
        owner.asksNothing || !isAsking ? owner.policy : owner.askingPolicy
    }

    /// Whether there is something to guard by a question or a password.
    private var isAsking: Bool { passesOn && !isOpen }

    private var passesOn: Bool { if case .proxy = action { true } else { false } }

    /// Whether the path is one of those of which nobody is asked, nor for a password.
    ///
    /// An expression may match more than it begins with, and then it is not.
    private var isOpen: Bool {
        let openPaths = owner.values.globalAuth.openPaths
        switch path {
        case .exact(let path), .prefix(let path):
            return openPaths.contains { path.value.utf8.starts(with: $0.utf8) }
        case .expression(let expression):
            let pattern = expression.pattern
            return openPaths.contains { open in
                guard pattern.utf8.starts(with: open.utf8), !pattern.contains("|") else { return false }
                return !["*", "?", "+", "{"].contains(pattern.dropFirst(open.count).prefix(1))
            }
        }
    }

    /// The location, closed where nobody can be asked who is to be.
    func closedWhereUnasked(on host: HostPattern, _ diagnostics: inout [Diagnostic]) -> LocationDraft {
        switch question {
        case .nobody: return self
        case .closed: break
        case .service:
            guard host == .any, question.isAskedOfRequestHost else { return self }
            diagnostics.append(.hostOfStrangers(self, at: owner.givenField("auth-url")))
        }
        var closed = self
        closed.action = .status(.serviceUnavailable)
        closed.upstream = nil
        closed.canary = nil
        return closed
    }
}

extension AdmittedIngress {
    /// The handling of requests of its host that match no path and go to the controller's default backend.
    func guarding(_ unmatched: Location.Action, on host: HostPattern) -> Location.Action {
        if case .proxy = unmatched, isClosed(on: host) { return .status(.serviceUnavailable) }
        return unmatched
    }

    private func isClosed(on host: HostPattern) -> Bool {
        values.isDenied || passwords == .closed || question == .closed || host == .any && question.isAskedOfRequestHost
    }

    /// The policy for these requests: somebody is asked, or a password asked for, only where they are passed on.
    func policy(of unmatched: Location.Action) -> ByReference<LocationPolicy> {
        if case .proxy = unmatched { askingPolicy } else { policy }
    }

    /// The upstreams that these requests need.
    func upstreams(_ unmatched: ResolvedBackend, on host: HostPattern) -> [UpstreamKey?] {
        let pages = errorAnswers.pagesUpstream
        guard case .backend = unmatched.target, !isClosed(on: host) else { return [pages] }
        return [unmatched.upstream, question.upstream, mirrorUpstream, pages]
    }
}
