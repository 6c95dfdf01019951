package import Incremental
package import NginxSyntax

/// What the locations of one Ingress have in common, whatever their paths.
package struct LocationPolicy: Sendable, Hashable {
    /// What differs from the settings of `http`.
    package var settings: DirectiveSettings<LocationBlock>

    package init(settings: DirectiveSettings<LocationBlock> = DirectiveSettings()) {
        self.settings = settings
    }

    /// The policy that asks for nothing; one for all.
    package static let plain = ByReference(LocationPolicy())
}
