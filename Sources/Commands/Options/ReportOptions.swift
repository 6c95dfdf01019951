import ArgumentParser

/// The options that decide how much is said.
struct ReportOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Say only what is wrong, without notes.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say each note by itself, and why Ingresses of other classes are left out.")
    var verbose = false

    func validate() throws {
        guard !quiet || !verbose else { throw ValidationError("--quiet and --verbose exclude each other.") }
    }
}
