/// Decides how long the proxy is left in peace after it has taken a generation; holds no clock.
///
/// A reload reads the whole configuration twice, once to prove it and once to serve it, and leaves workers behind that
/// hold all of the earlier one. Where changes never rest, as many of them as come meanwhile share the next.
package struct ReloadPace: Sendable, Hashable {
    /// The least time from one reload to the next; zero for no pause at all.
    package var least: Duration
    /// A pause that is to spare the machine is no longer than this.
    package var longest: Duration

    package init(least: Duration, longest: Duration = .seconds(30)) {
        self.least = least
        self.longest = longest
    }

    /// The pause after a swap: as long as the swap itself took, so that no more than half of all time goes into swaps.
    package func pause(after steps: [StepTime]) -> Duration {
        guard least > .zero else { return .zero }
        return max(least, min(steps.reduce(.zero) { $0 + $1.duration }, longest))
    }
}
