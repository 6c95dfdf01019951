import ArgumentParser

/// The options that decide what the input is taken for.
package struct InputOptions: ParsableArguments {
    /// The kind of input that a command assumes.
    enum Meaning: String, ExpressibleByArgument, CaseIterable {
        /// Manifests that others apply: objects that they name may be elsewhere, and other files beside them.
        case repository
        /// The folder of a controller, as with `run --source`.
        case folder
        /// All objects of an API server.
        case cluster
    }

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "The kind of input: repository, folder or cluster.",
            discussion: """
                A repository need not hold all that its Ingresses name: a Service that is missing, or has no \
                endpoints, is assumed to run at 192.0.2.1. Files beside the manifests are passed over. \
                A folder is all there is, and is taken as `postern run --source` would take it. \
                A cluster is all there is as well, and an API server has filled in what manifests leave out: for \
                what kubectl prints. Without the option it is a repository.
                """,
            valueName: "meaning"
        )
    )
    var chosen: Meaning?

    @Flag(help: "The same as --as cluster.")
    var observed = false

    package init() {}

    package func validate() throws {
        guard !observed || chosen == nil || chosen == .cluster else {
            throw ValidationError("--observed is --as cluster, and another --as is given.")
        }
    }

    var meaning: Meaning { chosen ?? (observed ? .cluster : .repository) }

    /// Whether objects that the input lacks are taken to exist.
    package var assumesMissingObjects: Bool { meaning == .repository }
    /// Whether no API server has completed the input.
    package var readsManifests: Bool { meaning != .cluster }
}
