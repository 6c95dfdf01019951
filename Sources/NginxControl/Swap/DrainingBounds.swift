/// How much the workers that finish their requests after reloads may hold at once.
package struct DrainingBounds: Sendable, Hashable {
    /// Of how many reloads.
    package var reloads: Int
    /// The memory, in bytes, of all of them; `nil` for no bound.
    package var memory: UInt64?

    package init(reloads: Int = 8, memory: UInt64? = nil) {
        self.reloads = reloads
        self.memory = memory
    }

    /// Those to end, the oldest first, before workers that serve begin to drain as well.
    func excess(of workers: [ProcessEntry], memory held: (ProcessEntry) -> UInt64) -> [ProcessEntry] {
        var draining = workers.filter(\.isShuttingDown).sorted { $0.startTime < $1.startTime }
        guard !draining.isEmpty else { return [] }
        let serving = max(1, workers.count - draining.count)
        let tooMany = min(draining.count, max(0, draining.count + serving - serving * reloads))
        var excess = Array(draining.prefix(tooMany))
        draining.removeFirst(tooMany)
        guard let memory, !draining.isEmpty else { return excess }
        var total = workers.filter { !$0.isShuttingDown }.reduce(0) { $0 + held($1) }
        // From the youngest on: the oldest are the first that there is no room for.
        var kept = 0
        for worker in draining.reversed() {
            total += held(worker)
            guard total <= memory else { break }
            kept += 1
        }
        excess += draining.dropLast(kept)
        return excess
    }
}
