package import NginxSyntax
package import ProxyConfiguration

/// The answers that nginx gets when it asks for endpoints.
package protocol EndpointAnswers: Sendable {
    /// Replaces all answers by these, each of which holds for a whole number of seconds.
    func answer(_ addresses: [EndpointGroup: [IPAddress]], for lifetime: AnswerLifetime)

    /// When nginx asked for a name last; `nil` where it has not.
    func lastQuestion(for name: EndpointGroup) -> ContinuousClock.Instant?

    /// Those of the names whose present addresses nobody has been given since a time.
    func untold(of names: some Collection<EndpointGroup>, since time: ContinuousClock.Instant) -> Set<EndpointGroup>
}

/// How long nginx holds an answer for true: one second longer than it says, and then it asks again.
///
/// The fewer names there are, the sooner it may ask. It is the same for names that rarely change: nothing but its end
/// makes nginx ask again, and a reload does not, for new workers take an old answer over for as long as it holds. Only
/// another name would, by a reload for the first change of each quiet Service.
package struct AnswerLifetime: Sendable, Hashable {
    package let seconds: UInt32

    /// How many questions a second are few: they take a few percent of one core.
    private static let fewQuestions = 5_000

    package init(names: Int) { seconds = UInt32(max(1, (names + Self.fewQuestions - 1) / Self.fewQuestions) - 1) }

    /// The longest time in which an nginx that asks at all asks for every name.
    package var round: Duration { .seconds(Int(seconds) + 1) }

    /// How long an nginx that asks may be silent: some questions are lost, and it is told by others first.
    var silence: Duration { round + round + .seconds(3) }
}
