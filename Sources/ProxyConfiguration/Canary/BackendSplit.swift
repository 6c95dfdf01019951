package import Incremental

/// The backends among which the requests of a location are split: nearly always one.
package struct BackendSplit: Sendable, Hashable {
    /// Serves what nothing sends elsewhere.
    package var primary: Backend
    package var canary: ByReference<CanaryBackend>?

    package init(_ primary: Backend, canary: CanaryBackend? = nil) {
        self.primary = primary
        self.canary = canary.map { ByReference($0) }
    }

    /// Each backend once, the primary one first.
    package var all: [Backend] {
        guard let canary, canary.backend != primary else { return [primary] }
        return [primary, canary.backend]
    }

    /// The backends of which chance picks the one for a request: one, where the rules decide.
    func candidates(for request: Request) -> [Backend] {
        guard let canary else { return [primary] }
        return switch canary.rules.verdict(on: request, between: primary, and: canary.backend) {
        case .canary: [canary.backend]
        case .primary: [primary]
        case .chance: all
        }
    }
}
