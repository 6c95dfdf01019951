import ArgumentParser
import Controller
import Daemon
import Foundation
import KubernetesModel
import Monitoring
import NginxControl

/// `postern run`: the controller.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keep an nginx in line with a cluster, or with a folder of manifests.",
        discussion: """
            Watches the Ingresses of a cluster, or with --source a folder of manifests, and takes each change live: it \
            proves the new configuration on a second nginx that nobody reaches, leads the link STATE/current to it, \
            has nginx reload, and asks nginx until it answers for it. What is refused is traced to its Ingress, which \
            alone keeps its last good form, or is left out; what served before keeps serving whatever goes wrong. \
            Postern may end or crash at any time, and the API server be gone: nginx serves on.

            With --supervise it starts nginx itself:

              postern run --source manifests --state-dir state --supervise --http-port 8080 --https-port 8443

            Else nginx is started by somebody else, as a service or in a container that shares the state folder and \
            the process namespace, and must be started on what Postern writes. A packaged nginx with systemd:

              postern run --source /etc/postern/manifests --state-dir /var/lib/postern --nginx-pid-file /run/nginx.pid
              nginx -c /var/lib/postern/current/nginx.conf

            In a cluster each replica serves; one of them, which they elect by a Lease, writes the addresses of \
            Ingresses into their status and tells events. Without --kubeconfig the API server is that of KUBECONFIG, \
            of the Pod's service account, or of ~/.kube/config:

              postern run --state-dir /var/lib/postern --nginx-pid-file /run/nginx.pid --publish-service ingress/nginx

            `postern status` tells what serves, what is set aside and why, and how long the last swaps took. \
            --healthz-port answers /healthz, /readyz and /metrics.

            SIGHUP has it look for changes at once, and SIGUSR1 has a supervised nginx open its logs anew.

            Ends on SIGTERM, SIGINT and SIGQUIT with exit code 0: /readyz says so first, for --shutdown-grace-period; \
            then the lease is released, and a supervised nginx finishes its requests within --stop-timeout. With \
            --once it reconciles one time, tells a cluster nothing, and exits with 0, with 1 where there is a warning \
            or an error in the manifests, or with 2 where the swap failed.
            """
    )

    @Option(
        help: ArgumentHelp(
            "The folder of manifests to watch; without it the cluster is watched.",
            valueName: "folder"
        )
    )
    var source: String?

    @OptionGroup(title: "Cluster") var cluster: ClusterOptions
    @OptionGroup(title: "Reporting to the cluster") var reporting: ReportingOptions
    @OptionGroup(title: "Translation") var translation: TranslationOptions
    @OptionGroup(title: "Rendering") var rendering: RenderingOptions
    @OptionGroup(title: "nginx") var nginx: NginxOptions
    @OptionGroup(title: "Monitoring") var watching: HealthOptions

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

    func validate() throws {
        guard syncPeriod.duration <= .seconds(60) else {
            throw ValidationError(
                "--sync-period must be at most 1m: it is the least time from one reload to the next, and not what it is "
                    + "in ingress-nginx."
            )
        }
        guard source == nil || !cluster.isGiven else {
            throw ValidationError("--source and the options for a cluster exclude each other.")
        }
        guard let namespace = cluster.watchNamespace else { return }
        let named = [
            ("--default-ssl-certificate", translation.defaultSSLCertificate),
            ("--default-backend-service", translation.defaultBackendService),
        ]
        for case (let option, let object?) in named where object.namespace != namespace {
            throw ValidationError(
                "\(option) names '\(object)', and --watch-namespace reads the namespace '\(namespace)' alone."
            )
        }
    }

    func run() async throws {
        // Whoever reads the log may go away; nginx must not be left half reloaded for that.
        signal(SIGPIPE, SIG_IGN)
        OwnProcess.shareFreeMemory()
        // An nginx that somebody else starts is of the same user, and talks to strangers: it has no need of the token.
        if !nginx.supervise { OwnProcess.refuseInspection() }
        let health = Health()
        let version = PosternCommand.configuration.version
        let metrics = ControllerMetrics(version: version)
        let access = source == nil ? try ClusterAccess(cluster) : nil
        let program = try await ProvingNginx(at: nginx.nginxPath, for: rendering)
        var plan = try NginxPlan(nginx, stateFolder: stateDir, program.program)
        if translation.passesTLS { try plan.checkPassthrough() }
        // Whoever serves metrics counts.
        if !once, watching.port(isInCluster: source == nil) != nil {
            plan.countSessions()
            if plan.portMeter == nil {
                Terminal.printError(
                    "sessions of TCP and UDP are not counted: nginx cannot be given the name of a socket in \(plan.state.path)"
                )
            }
        }
        let journal = Journal(plan.state, source: source ?? "cluster", version: version, health, metrics)
        let serving = try serving(plan, program, in: access?.namespace, journal)
        await serving.recover()
        if let access {
            await journal.log(access)
            let site = ClusterSite(clusterSettings(in: access.namespace), access, journal, metrics)
            try await serve(site, by: serving, health, metrics)
        } else if let source {
            try await serve(folder(source, keepingIn: plan.state), by: serving, health, metrics)
        }
    }

    private func serve(
        _ source: some SnapshotSource,
        by serving: ServingNginx,
        _ health: Health,
        _ metrics: ControllerMetrics
    ) async throws {
        if once {
            let limit = Duration.seconds(60)
            guard let report = try await serving.reconcileOnce(source, within: limit) else {
                throw CommandFailure("what is to be served is not known after \(limit)")
            }
            if let code = report.exitCode { throw code }
            return
        }
        var daemon = Daemon(serving, health, metrics)
        daemon.syncPeriod = syncPeriod.duration
        daemon.healthPort = watching.port(isInCluster: self.source == nil)
        daemon.gracePeriod = watching.shutdownGracePeriod.duration
        daemon.stopTimeout = nginx.stopTimeout.duration
        try await daemon.run(source)
    }
}

extension SwapPoint: ExpressibleByArgument {}

extension ReconcileReport {
    /// The exit code after one reconcile; `nil` where all is well.
    fileprivate var exitCode: ExitCode? {
        if case .failure = outcome { return ExitCode(2) }
        return diagnostics.hasFindings ? .findings : nil
    }
}
