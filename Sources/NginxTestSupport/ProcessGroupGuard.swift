import TestSupport

/// Kills a process group as soon as this process is gone, even if it crashed.
package enum ProcessGroupGuard {
    /// Guards the group that `leader` leads while `body` runs, and kills what is left of it afterwards.
    package static func run<Result: Sendable>(
        over leader: Int32,
        body: () async throws -> Result
    ) async throws -> Result {
        let script = "trap '' TERM; read -r line; kill -s KILL -- \"-$1\""
        return try await Guardian.run(script, over: "\(leader)", body: body)
    }
}
