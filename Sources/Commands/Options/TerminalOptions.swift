import ArgumentParser

/// The options that decide how results look on a terminal.
struct TerminalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "When to print in colour: auto, always or never.",
            discussion: "auto is on a terminal, where NO_COLOR is not set.",
            valueName: "when"
        )
    )
    var color: ColorChoice = .auto

    @Flag(name: .customLong("no-pager"), help: "Do not show results by the program that PAGER names, else less.")
    var hasNoPager = false

    var palette: Palette { Palette(color) }

    /// Prints a text for people, by a pager where they look at a terminal.
    func show(_ text: String) async {
        guard !hasNoPager, let pager = Pager() else { return Terminal.print(text) }
        await pager.show(text)
    }
}
