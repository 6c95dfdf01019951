import Foundation

/// The order to an nginx to read its files anew, and what it says of them.
///
/// By the control API nginx itself says what has become of it. Else it is a signal, and its log is read.
struct ReloadOrder: ~Copyable {
    /// `nil` for an nginx that can be sent no signal.
    private let master: NginxMaster?
    private var log: RefusalLog
    private var said = ""
    /// The answer of the control API that is waited for; `nil` after it, and where nginx was sent a signal.
    private var pending: ControlReload?
    private var isSignalled = false
    private var refusedLog: String?
    /// Whether the control API says that nginx has read its files.
    private(set) var isRead = false
    /// Why the control API is of no use.
    private(set) var trouble: String?

    init(for master: NginxMaster?, log: String) {
        self.master = master
        self.log = RefusalLog(log)
    }

    /// Sends the order; returns whether nginx can have got it.
    mutating func send(by api: NginxControlAPI?) -> Bool {
        guard let api else { return signal() }
        // An idle master answers at once, and nobody else has it reload.
        guard api.processes() != nil else {
            trouble = "it does not list its processes"
            return signal()
        }
        pending = api.reload()
        guard pending != nil else {
            trouble = "it takes no connection"
            return signal()
        }
        return true
    }

    /// Sends the signal as well, once, to an nginx that has neither answered nor done anything.
    mutating func insist() {
        guard !isSignalled else { return }
        trouble =
            trouble
            ?? (pending == nil ? "it says that nginx has read its files, and nginx has not" : "it does not answer")
        pending = nil
        _ = signal()
    }

    private mutating func signal() -> Bool {
        isSignalled = true
        return master?.entry.send(SIGHUP) ?? false
    }

    /// The refusal of nginx; `nil` as long as it may still take what it reads.
    ///
    /// - Parameter folder: The folder whose path messages name, and that nobody else is to know.
    mutating func refusal(in folder: String) -> NginxRefusal? {
        switch pending?.answer() {
        case nil: break
        case .read:
            pending = nil
            isRead = true
        case .other(let what):
            pending = nil
            trouble = what
            _ = signal()
        case .refused(let log):
            pending = nil
            refusedLog = log
        }
        if let refusedLog {
            // Where it says nothing of why, its own log may.
            let words = [refusedLog, log.newLines(), "it does not say why"]
            return words.lazy.compactMap { NginxRefusal(standardError: $0, folder: folder) }.first
                ?? NginxRefusal(ofEnded: words.first { !$0.isEmpty } ?? "", folder: folder)
        }
        guard isSignalled else { return nil }
        said += log.newLines()
        guard let refusal = NginxRefusal(standardError: said, folder: folder), !refusal.isTrying else { return nil }
        return refusal
    }
}
