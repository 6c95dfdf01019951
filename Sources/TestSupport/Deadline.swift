/// Says what did not come about in time.
package struct DeadlineExceeded: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) {
        self.description = description
    }
}

/// Waits until `condition` holds, and throws if it does not in time, or what `condition` throws.
///
/// The time is a limit for what hangs, and long: hundreds of tests share the machine's cores.
package func eventually(
    _ what: String,
    within time: Duration = .seconds(120),
    condition: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let deadline = clock.now + time
    while try await !condition() {
        guard clock.now < deadline else { throw DeadlineExceeded(description: "not within \(time): \(what)") }
        try await clock.sleep(for: .milliseconds(10))
    }
}
