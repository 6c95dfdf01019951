import Diagnostics

/// The flags of ingress-nginx's controllers, and what becomes of each.
enum FlagInventory {
    static func items(of controllers: [OldController]) -> [MigrationItem] {
        let uses = controllers.flatMap(\.flags).map { flag in
            (Key(name: flag.name, opinion: opinion(on: flag)), flag.place)
        }
        return Dictionary(grouping: uses) { $0.0 }.map { key, uses in
            MigrationItem(name: "--\(key.name.excerpt)", opinion: key.opinion, places: uses.map(\.1))
        }.inOrder
    }

    private struct Key: Hashable {
        var name: String
        var opinion: MigrationOpinion
    }

    private static func opinion(on flag: OldController.Flag) -> MigrationOpinion {
        if same.contains(flag.name) { return .identical }
        if let difference = differing[flag.name] {
            if flag.name == "enable-annotation-validation", !flag.isOff { return .identical }
            return MigrationOpinion(verdict: .different, reason: difference)
        }
        if let reason = ForeignOptions.reasons[flag.name] {
            let isNeedless = ForeignOptions.needlessNames.contains(flag.name) || flag.isOff
            let verdict: MigrationVerdict =
                isNeedless ? .needless : .different
            return MigrationOpinion(verdict: verdict, reason: reason, advice: "leave it out: Postern refuses it")
        }
        if ofLog.contains(flag.name) {
            return MigrationOpinion(
                verdict: .needless,
                reason: "Postern's log has one form and one level",
                advice: "leave it out"
            )
        }
        return MigrationOpinion(
            verdict: .needless,
            reason: "ingress-nginx 1.15 has no flag of this name",
            advice: "leave it out"
        )
    }

    /// Flags of the library that writes ingress-nginx's log.
    private static let ofLog: Set<String> = [
        "add_dir_header", "alsologtostderr", "log_backtrace_at", "log_dir", "log_file", "log_file_max_size",
        "logtostderr", "one_output", "skip_headers", "skip_log_headers", "stderrthreshold", "v", "vmodule",
    ]

    /// Flags with the meaning that they have in ingress-nginx where they are given.
    static let same: Set<String> = [
        "annotations-prefix", "apiserver-host", "configmap", "controller-class", "default-backend-service",
        "default-ssl-certificate", "disable-catch-all", "disable-leader-election", "disable-svc-external-name",
        "election-id", "election-ttl", "enable-ssl-passthrough", "healthz-port", "http-port", "https-port",
        "ingress-class", "ingress-class-by-name", "kubeconfig", "publish-service", "publish-status-address",
        "report-node-internal-ip-address", "shutdown-grace-period", "status-update-interval",
        "tcp-services-configmap", "udp-services-configmap", "update-status", "update-status-on-shutdown", "version",
        "watch-ingress-without-class", "watch-namespace", "watch-namespace-selector",
    ]

    /// The differences of flags that both have.
    static let differing: [String: String] = [
        "disable-sync-events": "there is no event of an Ingress that has gone live",
        "enable-annotation-validation": "values are always checked",
        "sync-period": "it is the least time from one reload to the next, and more than 1m is refused",
    ]
}
