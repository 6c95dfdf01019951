import ArgumentParser

/// The options that decide how complete the input is taken to be.
package struct InputOptions: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            "Take the input for all there is, as a cluster would.",
            discussion: """
                Without it a Service that the input lacks, or has no endpoints for, is assumed to run at \
                192.0.2.1, so that manifests alone can be rendered and compared.
                """
        )
    )
    var observed = false

    package init() {}

    /// Whether objects that the input lacks are taken to exist.
    package var assumesMissingObjects: Bool { !observed }
}
