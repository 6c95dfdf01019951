/// The rules of nginx for one directive: where it stands, and how its arguments are read.
package struct DirectiveSyntax: Sendable, Hashable {
    package let name: String
    package let contexts: Set<DirectiveContext>
    /// The block that it opens; `nil` for a directive that ends with `;`.
    package let opens: DirectiveContext?
    /// How many arguments it takes.
    package let argumentCount: ClosedRange<Int>
    /// The first version that knows it; `nil` for those that 1.18.0 knows.
    package let since: NginxVersion?
    /// The module it belongs to, as configure names it; `nil` for the core.
    package let module: String?
    let reader: ArgumentReader

    /// Whether it is of a module that is none of nginx's own.
    package var isOfOthers: Bool { module.map(NginxCapabilities.modulesOfOthers.contains) ?? false }

    /// The packages that bring such a module; `nil` for nginx's own.
    package var packages: String? { module.flatMap { NginxCapabilities.packagesOfModules[$0] } }

    /// How the argument at `index` of `total` is read.
    ///
    /// `literalArguments` are the arguments that a template spells out, `nil` where a hole stands: what some
    /// arguments say decides how others are read.
    package func place(ofArgument index: Int, of total: Int, literalArguments: [String?]) -> ArgumentPlace {
        reader.place(ofArgument: index, of: total, literalArguments: literalArguments)
    }

    /// Whether a value of that kind may stand in that place.
    package func accepts(_ kind: ArgumentKind, at place: ArgumentPlace) -> Bool { place.accepts(kind) }
}
