import NginxSyntax
import ProxyConfiguration

/// The addresses that nginx is answered with; holds no clock.
///
/// A name that no translation has any more keeps its addresses for as long as nginx may ask for it: workers that still
/// serve requests of an earlier generation do, and all of them do where a swap fails. Without addresses they would
/// serve nobody.
struct EndpointBook: Sendable {
    typealias Instant = ContinuousClock.Instant

    private var latest = EndpointTable()
    /// The addresses of all names.
    private(set) var addresses: [EndpointGroup: [IPAddress]] = [:]
    /// The names that no translation has any more, and since when.
    private var left: [EndpointGroup: Instant] = [:]

    /// For how long nobody must have asked for a name for it to be forgotten.
    private static let patience: Duration = .seconds(60)

    init(_ addresses: [EndpointGroup: [IPAddress]] = [:], at now: Instant) {
        self.addresses = addresses
        left = addresses.mapValues { _ in now }
    }

    /// How long an answer holds.
    var lifetime: AnswerLifetime { AnswerLifetime(names: addresses.count) }

    /// The effect of a translation's endpoints.
    struct Change: Sendable, Hashable {
        /// The names with other addresses than before.
        var names: Set<EndpointGroup> = []
        /// Whether any answer is another than before.
        var isAny = false
    }

    /// Takes the endpoints of a translation in place of those before.
    ///
    /// - Parameter lastQuestion: When nginx asked for a name last.
    mutating func take(
        _ table: EndpointTable,
        at now: Instant,
        lastQuestion: (EndpointGroup) -> Instant?
    ) -> Change {
        guard table != latest || !left.isEmpty else { return Change() }
        var new = table.addresses
        for (name, old) in addresses where new[name] == nil {
            let since = left[name] ?? now
            let last = lastQuestion(name).map { max($0, since) } ?? since
            guard now - last < Self.patience else { continue }
            left[name] = since
            new[name] = old
        }
        left = left.filter { table.addresses[$0.key] == nil && new[$0.key] != nil }
        var change = Change(isAny: new.count != addresses.count)
        for (name, now) in new {
            guard let old = addresses[name] else {
                change.isAny = true
                continue
            }
            if old != now { change.names.insert(name) }
        }
        change.isAny = change.isAny || !change.names.isEmpty
        latest = table
        addresses = new
        return change
    }
}
