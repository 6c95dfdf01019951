import ArgumentParser

/// The options of a comparison of two running controllers.
struct CompareOptions: ParsableArguments {
    @Flag(
        name: .customLong("compare"),
        help: ArgumentHelp(
            "Send requests to two running controllers, OLD and NEW, which come before the paths.",
            discussion: """
                Each is http://HOST[:PORT] or https://HOST[:PORT], or for both schemes HOST or HOST:HTTP-PORT,HTTPS-PORT. \
                Requests go to these two alone, each for a host of the manifests; redirects are not followed.
                """
        )
    )
    var isOn = false

    @Option(
        name: .customLong("max-requests"),
        help: ArgumentHelp("The most requests to send to either; of more, an even sample is sent.", valueName: "count")
    )
    var mostRequests = 1_000

    @Option(help: ArgumentHelp("The most requests to send to either in a second.", valueName: "count"))
    var rate = 20

    @Option(name: .customLong("request-timeout"), help: ArgumentHelp("How long an answer may take.", valueName: "time"))
    var timeout = TimeOption(seconds: 10)

    @Option(
        help: ArgumentHelp(
            "The methods of requests, separated by commas. Others than GET, HEAD and OPTIONS may change what backends hold.",
            valueName: "methods"
        )
    )
    var methods = "GET"

    @Option(
        name: .customLong("compare-header"),
        help: ArgumentHelp("A header to compare beside those that proxies set; may be repeated.", valueName: "name")
    )
    var headers: [String] = []

    @Flag(name: .customLong("compare-bodies"), help: "Compare the bodies of answers as well, up to 48 KiB of each.")
    var comparesBodies = false

    func validate() throws {
        guard mostRequests > 0, rate > 0 else { throw ValidationError("--max-requests and --rate are at least 1.") }
        guard !methodList.isEmpty, methodList.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isUppercase } }) else {
            throw ValidationError("'\(methods)' is no list of methods such as GET,HEAD.")
        }
    }

    var methodList: [String] { methods.split(separator: ",").map { $0.trimmingPrefix(" ").uppercased() } }
}
