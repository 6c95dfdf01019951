import Diagnostics
import Foundation
import ProxyConfiguration

/// A change of manifests as JSON has it; `version` changes where a field goes or means something else.
struct ChangeRecord: Encodable {
    var version = 1
    var summary: String
    var sameRoutes: Int
    /// Without a log nothing.
    var traffic: Traffic?
    var allHosts: [Trait]
    var allHostsDangers: [String]
    var routes: [Route]
    var ports: [Port]
    var newFindings: [DiagnosticRecord]
    var goneFindings: [DiagnosticRecord]
    var unifiedDiff: String

    /// The requests of an access log.
    struct Traffic: Encodable {
        var file: String
        var requests: Int
        var elsewhere: Int
        var unknown: Int
        var unreadable: Int
    }

    struct Trait: Encodable {
        var name: String
        var before: String?
        var after: String?
        /// The settings that it comes from; not there where none is known.
        var causes: [String]?
    }

    struct Route: Encodable {
        /// `changes`, `appears`, `vanishes` or `shadowed`.
        var change: String
        var host: String
        var route: String
        var pathType: String
        var ingress: DiagnosticRecord.Object?
        var file: String?
        var line: Int?
        var dangers: [String]
        /// How many requests of a log get another answer by it.
        var requests: Int?
        var traits: [Trait]
        var witness: Witness?
    }

    struct Port: Encodable {
        var port: String
        var before: String?
        var after: String?
        var dangers: [String]
        var traits: [Trait]
    }

    struct Witness: Encodable {
        var command: String
        var before: String
        var after: String
        /// Whether a real nginx answers so; not there where none was asked, or it cannot show it.
        var isVerified: Bool?
        var proof: String?

        init(_ witness: RouteWitness) {
            (command, before, after) = (witness.command, witness.before, witness.after)
            proof = witness.proof?.text
            switch witness.proof?.verdict {
            case .verified: isVerified = true
            case .contradicted: isVerified = false
            case .beyond, nil: isVerified = nil
            }
        }
    }

    init(_ report: ChangeReport) {
        summary = report.summary
        sameRoutes = report.routes.sameCount
        allHosts = report.routes.shared.map(Trait.init)
        allHostsDangers = report.routes.sharedDangers.map(\.text)
        routes = report.routes.changes.map { Route($0, requests: report.traffic?.count(of: $0)) }
        ports = report.ports.map(Port.init)
        traffic = report.traffic.map { log in
            Traffic(
                file: log.file,
                requests: log.requestCount,
                elsewhere: log.elsewhereCount,
                unknown: log.unknownCount,
                unreadable: log.unreadableCount
            )
        }
        newFindings = report.newFindings.map(DiagnosticRecord.init)
        goneFindings = report.goneFindings.map(DiagnosticRecord.init)
        unifiedDiff = report.unified
    }
}

extension ChangeRecord.Trait {
    fileprivate init(_ change: RouteTraitChange) {
        let causes = change.causes.isEmpty ? nil : change.causes
        self.init(name: change.kind.name, before: change.before, after: change.after, causes: causes)
    }
}

extension ChangeRecord.Port {
    fileprivate init(_ change: PortChange) {
        (port, before, after) = (change.port, change.before, change.after)
        dangers = change.dangers.map(\.text)
        traits = change.traits.map(ChangeRecord.Trait.init)
    }
}

extension ChangeRecord.Route {
    fileprivate init(_ change: RouteChange, requests: Int?) {
        self.init(
            change: change.kind.rawValue,
            host: change.host.text,
            route: change.name,
            pathType: change.pathType,
            ingress: change.ingress.map(DiagnosticRecord.Object.init),
            file: change.position?.file,
            line: change.position?.line,
            dangers: change.dangers.map(\.text),
            requests: requests,
            traits: change.traits.map(ChangeRecord.Trait.init),
            witness: change.witness.map(ChangeRecord.Witness.init)
        )
    }
}
