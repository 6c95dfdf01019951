import Diagnostics
import Foundation

/// The control API of an nginx that turned out to be of no use.
struct ControlTrouble: Sendable, Hashable {
    let api: NginxControlAPI
    /// The nginx that is not asked; `nil` where one has not come up with it.
    let master: ProcessEntry.Identity?
    let reason: String
    let since: ContinuousClock.Instant

    /// An nginx that was only busy is asked again.
    private static let patience: Duration = .seconds(60)

    /// Whether an nginx is not to be asked, at a time.
    func holds(for api: NginxControlAPI, of master: ProcessEntry.Identity, at time: ContinuousClock.Instant) -> Bool {
        self.api == api && self.master == master && time - since < Self.patience
    }

    var finding: Diagnostic {
        Diagnostic(
            .note,
            code: "nginx-control-unusable",
            "nginx is told to reload by a signal, since its control API at \(api.socket) is of no use: \(reason)"
        )
    }
}

extension ProcessEntry {
    /// The control API that a master serves at a socket in a folder: its command line names it.
    func controlAPI(in folder: String) -> NginxControlAPI? {
        let mark = " -l unix:\(folder)/"
        guard let range = title.ranges(of: mark).last else { return nil }
        let name = title[range.upperBound...].prefix { $0 != " " }
        guard !name.isEmpty, !name.contains("/") else { return nil }
        return NginxControlAPI(socket: "\(folder)/\(name)")
    }
}

extension NginxDataPlane {
    /// The control API of the nginx that serves; `nil` where it has none, or none at a socket that is ours alone.
    func controlAPI(of master: NginxMaster) -> NginxControlAPI? {
        let own = state.holdsControlSockets ? master.entry.controlAPI(in: state.control) : nil
        guard let api = settings.controlSocket.map(NginxControlAPI.init) ?? own,
            controlTrouble.map({ !$0.holds(for: api, of: master.entry.identity, at: .now) }) ?? true
        else { return nil }
        return api
    }

    /// The socket at which nginx is to serve its control API when it starts; `nil` where it cannot, or has failed to.
    ///
    /// No two have the same: an nginx that ends removes the name, whoever has it then.
    func newControlSocket() -> String? {
        guard servesControlAPI, state.prepareControl() else { return nil }
        let socket = "\(state.control)/\(String(UInt32.random(in: 0 ... .max), radix: 36)).sock"
        return socket.utf8.count > UnixSocket.longestPath || access(socket, F_OK) == 0 ? nil : socket
    }

    /// Takes note of how a reload by the control API has gone.
    func note(_ trouble: String?, of api: NginxControlAPI?, _ master: NginxMaster) {
        guard let api else { return }
        controlTrouble = trouble.map {
            ControlTrouble(api: api, master: master.entry.identity, reason: $0, since: .now)
        }
    }
}
