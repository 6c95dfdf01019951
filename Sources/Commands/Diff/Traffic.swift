import Foundation
import NginxSyntax
import ProxyConfiguration

/// What a change does to the requests of an access log.
struct Traffic {
    let file: String
    /// The lines that tell a request.
    private(set) var requestCount = 0
    /// The requests that get another answer, or another backend, than before.
    private(set) var elsewhereCount = 0
    /// Those of which that cannot be known: the log names no host and several fit, or it depends on more.
    private(set) var unknownCount = 0
    /// The lines that tell no request.
    private(set) var unreadableCount = 0
    private var counts: [Route.Key: Int] = [:]

    private let reader: LogReader
    private let before: RouteTable
    private let after: RouteTable
    private let routers: (old: Router, new: Router)
    private let changed: Set<Route.Key>
    /// The routes that there are now.
    private let present: Set<Route.Key>

    /// Reads a log, which may be large, a line at a time.
    ///
    /// Throws ``CommandFailure`` where it cannot be read.
    init(of file: String, through comparison: RouteComparison, _ before: RouteTable, _ after: RouteTable) throws {
        self.file = file
        (self.before, self.after) = (before, after)
        routers = (Router(before.configuration), Router(after.configuration))
        reader = LogReader(before)
        changed = Set(comparison.changes.flatMap(\.keys))
        present = Set(after.routes.map(\.key))
        guard let handle = FileHandle(forReadingAtPath: file) else {
            throw CommandFailure("\(file): it cannot be read")
        }
        var rest: [UInt8] = []
        while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty {
            rest += part
            var lines = rest.split(separator: 10, omittingEmptySubsequences: false)
            let last = lines.removeLast()
            for line in lines { take(line) }
            rest = Array(last)
            guard rest.count < Self.longestLine else { throw CommandFailure("\(file): it is no access log") }
        }
        take(rest[...])
    }

    private static let longestLine = 1 << 20

    /// How many requests a changed route loses, gains or serves otherwise.
    func count(of change: RouteChange) -> Int {
        Set(change.keys).reduce(0) { $0 + (counts[$1] ?? 0) }
    }

    /// `access.log: 1,234 of 10,000 requests go elsewhere; 12 cannot be told`.
    var text: String {
        let noun = requestCount == 1 ? "request" : "requests"
        var parts = ["\(file): \(elsewhereCount.grouped) of \(requestCount.grouped) \(noun) go elsewhere"]
        if unknownCount > 0 { parts.append("of \(unknownCount.grouped) it cannot be known") }
        if unreadableCount > 0 {
            parts.append("\(unreadableCount.grouped) \(unreadableCount == 1 ? "line tells" : "lines tell") no request")
        }
        return parts.joined(separator: "; ")
    }

    private mutating func take(_ line: ArraySlice<UInt8>) {
        guard !line.isEmpty else { return }
        guard let logged = reader.read(Array(line)) else {
            unreadableCount += 1
            return
        }
        requestCount += 1
        let fates = reader.candidates(for: logged).map { fate(of: $0.request) }
        guard let first = fates.first, fates.allSatisfy({ $0.isSame == first.isSame }), let isSame = first.isSame else {
            unknownCount += 1
            return
        }
        guard !isSame else { return }
        elsewhereCount += 1
        let keys = Set(fates.compactMap(\.key))
        if keys.count == 1, let key = keys.first { counts[key, default: 0] += 1 }
    }

    private struct Fate {
        /// `nil` where nobody can say.
        var isSame: Bool?
        /// The changed route whose request it is.
        var key: Route.Key?
    }

    private func fate(of request: Request) -> Fate {
        let (old, new) = (routers.old.route(request), routers.new.route(request))
        var admitted = request
        (admitted.isAdmitted, admitted.client) = (true, nil)
        // What comes of it once the guards let it pass says more where they decide.
        let was = [old, routers.old.route(admitted)].map { before.text(of: $0, to: request) }
        let now = [new, routers.new.route(admitted)].map { after.text(of: $0, to: request) }
        let isKnown = was.contains { $0 != nil } || now.contains { $0 != nil }
        var keys = [new, old].compactMap { decision -> Route.Key? in
            guard let host = decision.host, let path = decision.path else { return nil }
            return Route.Key(host: host, path: path)
        }
        // A route that has gone loses its requests, whoever gets them now.
        if let last = keys.last, !present.contains(last) { keys.reverse() }
        return Fate(isSame: isKnown ? was == now : nil, key: keys.first(where: changed.contains))
    }
}
