import ArgumentParser

/// The options that decide how much is said.
struct ReportOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Report only errors and warnings, without notes.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Report each note by itself, and why Ingresses of other classes are left out.")
    var verbose = false

    func validate() throws {
        guard !quiet || !verbose else { throw ValidationError("--quiet and --verbose exclude each other.") }
    }
}
