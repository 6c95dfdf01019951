/// How long changes are gathered before they are acted upon; holds no clock.
///
/// Changes that come in a burst, as a checkout brings them, make one reconcile. A source that never rests is acted
/// upon all the same.
package struct GatheringWindow: Sendable, Hashable {
    /// How long nothing must change.
    package var rest: Duration
    /// How long to wait for that at the most.
    package var longest: Duration

    package init(rest: Duration = .milliseconds(10), longest: Duration = .milliseconds(500)) {
        self.rest = rest
        self.longest = longest
    }

    /// How much longer to wait; `nil` when it is time to act.
    ///
    /// - Parameters:
    ///   - first: How long ago the first change came that is to be acted upon.
    ///   - last: How long ago the last one came.
    package func wait(sinceFirst first: Duration, sinceLast last: Duration) -> Duration? {
        let wait = min(rest - last, longest - first)
        return wait > .zero ? wait : nil
    }
}
