import ArgumentParser

/// `postern annotations`: the annotations of ingress-nginx, and what Postern makes of each.
struct Annotations: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the annotations of ingress-nginx, and what each does.",
        discussion: """
            Lists every annotation of ingress-nginx: those that Postern reads with the type of their values, the \
            default, the part that they change and their effect, and the others with the reason why they have none.

              postern annotations
              postern annotations proxy-body-size rewrite-target
              postern annotations --format json

            Exits with 0, or with 2 where there is no annotation of a name.
            """
    )

    @OptionGroup var listing: ListingOptions

    func run() throws { try listing.print(.annotations) }
}

/// `postern keys`: the keys of the global ConfigMap and of those of classes.
struct Keys: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the ConfigMap keys of ingress-nginx, and what each does.",
        discussion: """
            Lists every key of ingress-nginx's ConfigMap: those that Postern reads, from the ConfigMap of --configmap \
            and from those that IngressClasses name, and the others with the reason why they have no effect.

              postern keys
              postern keys hsts --format json

            Exits with 0, or with 2 where there is no key of a name.
            """
    )

    @OptionGroup var listing: ListingOptions

    func run() throws { try listing.print(.keys) }
}

/// Which settings are listed, and how.
struct ListingOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, markdown
    }

    @Option(help: ArgumentHelp("How to print: text, json or markdown.", valueName: "format"))
    var format = Format.text

    @Argument(help: ArgumentHelp("Names to list in place of all.", valueName: "name"))
    var names: [String] = []

    func print(_ place: SettingListing.Place) throws(CommandFailure) {
        var listing = SettingListing(place)
        if !names.isEmpty { try listing.select(names) }
        switch format {
        case .text: Terminal.write(text: listing.text)
        case .json: Terminal.write(text: listing.json)
        case .markdown: Terminal.write(text: listing.markdown)
        }
    }
}
