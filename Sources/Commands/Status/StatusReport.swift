import Daemon
import Controller
import Diagnostics
import Foundation

/// The status that a controller has written, and that of nginx now.
struct StatusReport: Encodable {
    private let status: ControllerStatus
    /// The generation that nginx answers for; `nil` where none answers.
    private let live: String?
    private let isRunning: Bool

    init(_ status: ControllerStatus, live: String?, isRunning: Bool) {
        self.status = status
        self.live = live
        self.isRunning = isRunning
    }

    /// Whether nginx serves what the source says, all of it.
    var isWell: Bool {
        live != nil && live == status.generation?.id && status.error == nil && status.setAside.isEmpty
    }

    private enum CodingKeys: String, CodingKey {
        case live
        case isRunning
    }

    /// The status file's own fields, with what is seen now beside them.
    func encode(to encoder: any Encoder) throws {
        try status.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(live, forKey: .live)
        try container.encode(isRunning, forKey: .isRunning)
    }

    var text: String {
        var lines = [row("postern", controller), row("nginx", nginx), row("source", status.source)]
        if let error = status.error { lines.append(row("failed", error)) }
        if let endpoints { lines.append(row("endpoints", endpoints)) }
        lines.append(row("findings", findings))
        lines += section("set aside", status.setAside.map(\.text))
        lines += section("certificates", certificates)
        lines += section("left out", leftOut)
        lines += section("last swaps", status.swaps.prefix(10).map(\.text))
        return lines.joined(separator: "\n")
    }

    private var controller: String {
        isRunning
            ? "\(status.version), process \(status.processIdentifier), since \(status.started.stamp)"
            : "not running; this was so at \(status.updated.stamp)"
    }

    private var nginx: String {
        guard let live else { return "does not answer" }
        guard live == status.generation?.id else { return "serves generation \(live), which is not the latest" }
        return "serves generation \(live)" + (status.generation.map { " since \($0.since.stamp)" } ?? "")
    }

    /// How nginx comes to know of the endpoints that serve; `nil` where there are none.
    private var endpoints: String? {
        guard let endpoints = status.endpoints else { return nil }
        let written = endpoints.byReload == 0 ? [] : ["\(endpoints.byReload) in its configuration"]
        let asked = endpoints.byDNS == 0 ? [] : ["\(endpoints.byDNS) that nginx asks for"]
        guard !(asked + written).isEmpty else { return nil }
        let changes = endpoints.changed.map {
            "; \(endpoints.changes) changed without a reload, the last at \($0.stamp)"
        }
        return (asked + written).joined(separator: ", ") + (changes ?? "")
    }

    private var findings: String {
        let counts = ["error", "warning", "note"].compactMap { severity -> String? in
            let count = status.diagnostics.count { $0.severity == severity }
            return count == 0 ? nil : "\(count) \(severity)\(count == 1 ? "" : "s")"
        }
        return counts.isEmpty ? "none" : counts.joined(separator: ", ")
    }

    /// The Ingresses that somebody may miss, each with the reason.
    private var leftOut: [String] {
        let all = status.leftOut ?? []
        let rest = (status.leftOutCount ?? all.count) - min(all.count, Self.mostRows)
        return all.prefix(Self.mostRows).map { finding in
            (finding.object.map { "\($0.text): " } ?? "") + finding.message + (finding.hint.map { " (\($0))" } ?? "")
        } + (rest > 0 ? ["and \(rest) more; --format json tells them"] : [])
    }

    /// The one that somebody has to renew first stands first.
    private var certificates: [String] {
        let told = status.certificates.sorted(by: Self.expiresEarlier)
        let rest = (status.certificateCount ?? told.count) - told.count
        return told.map(\.text) + (rest > 0 ? ["and \(rest) more, which expire later"] : [])
    }

    private static let mostRows = 20

    private static func expiresEarlier(_ left: ControllerStatus.Certificate, _ right: ControllerStatus.Certificate)
        -> Bool
    {
        (left.expires ?? .distantFuture, left.file) < (right.expires ?? .distantFuture, right.file)
    }

    private func row(_ name: String, _ value: String) -> String {
        name.padding(toLength: 10, withPad: " ", startingAt: 0) + value.printable
    }

    private func section(_ title: String, _ rows: [String]) -> [String] {
        rows.isEmpty ? [] : ["", "\(title):"] + rows.map { "    \($0.printable)" }
    }
}

extension ControllerStatus.SetAside {
    fileprivate var text: String {
        let place = finding.file.map { " (\($0):\(finding.line ?? 1):\(finding.column ?? 1))" } ?? ""
        let meanwhile = serves == "nothing" ? "nothing serves in its place" : "its last good form serves"
        return "\(object.text)\(place), since \(since.stamp); \(meanwhile): \(finding.message)"
    }
}

extension DiagnosticRecord.Object {
    fileprivate var text: String { namespace.map { "\(kind) \($0)/\(name)" } ?? "\(kind) \(name)" }
}

extension ControllerStatus.Certificate {
    fileprivate var text: String {
        let expiry = expires.map { " expires \($0.stamp)" } ?? ""
        return "\(file)\(expiry)" + (secret.map { " (\($0.text))" } ?? "")
    }
}

extension ControllerStatus.Swap {
    fileprivate var text: String {
        let steps = StepTime.Step.allCases.compactMap { step in
            milliseconds[step.rawValue].map { "\(step.rawValue) \(Int($0.rounded()))" }
        }
        let total = Int(milliseconds.values.reduce(0, +).rounded())
        let what =
            error.map { "\(result): \($0)" } ?? "\(result) \(files?.joined(separator: ", ") ?? generation ?? "")"
        return "\(at.stamp)  \(total) ms (\(steps.joined(separator: ", ")))  \(what)"
    }
}

extension Date {
    /// `2026-11-26T10:00:00Z`.
    fileprivate var stamp: String { formatted(.iso8601) }
}
