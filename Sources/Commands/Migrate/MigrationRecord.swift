import Diagnostics

/// A report on a migration as JSON has it; `version` changes where a field goes or means something else.
struct MigrationRecord: Encodable {
    var version = 1
    var ready: Bool
    var readiness: String
    var controllers: [Place]
    var ingresses: [Standing]
    var annotations: [Item]
    var keys: [Item]
    var flags: [Item]
    var ports: [Item]
    var routes: [Route]
    var notes: [String]

    struct Place: Encodable {
        var object: String
        var file: String?
        var line: Int?

        init(_ place: MigrationPlace) {
            (object, file, line) = (place.object, place.position?.file, place.position?.line)
        }
    }

    struct Standing: Encodable {
        var ingress: Place
        /// `identical`, `different` or `missing`.
        var verdict: String
        var causes: [String]
    }

    struct Item: Encodable {
        var name: String
        /// `identical`, `needless`, `different` or `missing`.
        var verdict: String
        var reason: String?
        var advice: String?
        var count: Int
        var places: [Place]
        var routes: [String]

        init(_ item: MigrationItem) {
            (name, verdict, count) = (item.name, item.verdict.name, item.places.count)
            (reason, advice) = (item.opinion.reason, item.opinion.advice)
            (places, routes) = (item.places.map(Place.init), item.routes)
        }
    }

    struct Route: Encodable {
        var code: String
        var route: String
        var ingress: DiagnosticRecord.Object?
        var file: String?
        var line: Int?
        var verdict: String
        var reason: String?
        var advice: String?
        var witness: Witness?

        init(_ difference: RouteDifference) {
            (code, route) = (difference.code, difference.route)
            ingress = difference.ingress.map(DiagnosticRecord.Object.init)
            (file, line) = (difference.position?.file, difference.position?.line)
            let opinion = difference.opinion
            (verdict, reason, advice) = (opinion.verdict.name, opinion.reason, opinion.advice)
            witness = difference.witness.map {
                Witness(command: $0.command, ingressNginx: $0.ingressNginx, postern: $0.postern)
            }
        }
    }

    struct Witness: Encodable {
        var command: String
        var ingressNginx: String
        var postern: String
    }

    init(_ report: MigrationReport) {
        (ready, readiness, notes) = (report.isReady, report.readiness, report.notes)
        controllers = report.controllers.map { Place(MigrationPlace(object: $0.name, position: $0.position)) }
        ingresses = report.standings.map { standing in
            let verdict: MigrationVerdict = standing.verdict == .needless ? .identical : standing.verdict
            return Standing(ingress: Place(standing.place), verdict: verdict.name, causes: standing.causes)
        }
        annotations = report.annotations.map(Item.init)
        keys = report.keys.map(Item.init)
        flags = report.flags.map(Item.init)
        ports = report.ports.map(Item.init)
        routes = report.routes.map(Route.init)
    }
}
