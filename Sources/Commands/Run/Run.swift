import ArgumentParser
import Controller
import Foundation
import NginxControl

/// `postern run`: the controller.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keep an nginx in line with a folder of manifests.",
        discussion: """
            Watches the folder and takes each change live: it proves the new configuration on a second nginx that \
            nobody reaches, leads the link STATE/current to it, has nginx reload, and asks nginx until it answers for \
            it. What is refused is traced to its Ingress, which alone keeps its last good form, or is left out; what \
            served before keeps serving whatever goes wrong. Postern may end or crash at any time: nginx serves on.

            With --supervise it starts nginx itself:

              postern run --source manifests --state-dir state --supervise --http-port 8080 --https-port 8443

            Else nginx is started by somebody else, as a service or in a container that shares the state folder and \
            the process namespace, and must be started on what Postern writes. A packaged nginx with systemd:

              postern run --source /etc/postern/manifests --state-dir /var/lib/postern --nginx-pid-file /run/nginx.pid
              nginx -c /var/lib/postern/current/nginx.conf

            `postern status` tells what serves, what is set aside and why, and how long the last swaps took.

            Ends on SIGTERM, SIGINT and SIGHUP with exit code 0. With --once it reconciles one time and exits with 0, \
            with 1 where there is a warning or an error in the manifests, or with 2 where the swap failed.
            """
    )

    @OptionGroup(title: "What to serve") var translation: TranslationOptions
    @OptionGroup(title: "How to write it") var rendering: RenderingOptions
    @OptionGroup(title: "Which nginx serves") var nginx: NginxOptions

    @Option(help: ArgumentHelp("The folder of manifests to watch.", valueName: "folder"))
    var source: String

    @Option(help: ArgumentHelp("The folder for generations, logs and status.", valueName: "folder"))
    var stateDir = "/var/lib/postern"

    @Option(
        help: ArgumentHelp("The least time from one reload to the next.", valueName: "time")
    )
    var syncPeriod = TimeOption(seconds: 1)

    @Flag(help: "Reconcile one time, then exit. A supervised nginx serves on.")
    var once = false

    /// For tests of crashes: the process kills itself when it gets there.
    @Option(help: .hidden)
    var killAt: SwapPoint?

    func run() async throws {
        // Whoever reads the log may go away; nginx must not be left half reloaded for that.
        signal(SIGPIPE, SIG_IGN)
        let serving = try await ServingNginx(self)
        if once {
            let report = try await serving.reconcileOnce(source)
            if let code = report.exitCode { throw code }
            return
        }
        _ = try await EndSignals.untilRaised { try await serving.run(source, every: syncPeriod.duration) }
        await serving.stop(within: nginx.stopTimeout.duration)
    }
}

extension SwapPoint: ExpressibleByArgument {}

extension ReconcileReport {
    /// What a process exits with after one reconcile; `nil` where all is well.
    fileprivate var exitCode: ExitCode? {
        if case .failure = outcome { return ExitCode(2) }
        return diagnostics.hasFindings ? .findings : nil
    }
}
