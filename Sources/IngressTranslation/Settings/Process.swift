/// How nginx's processes run.
enum Process {
    static let settings: [Setting] = [
        .unsupported("debug-connections", from: .global, "Logs connections of these networks in detail."),
        .unsupported("enable-aio-write", from: .global, "Writes files by threads."),
        .unsupported("enable-multi-accept", from: .global, idle: "true", "Takes all new connections at a time."),
        .unsupported(
            "enable-serial-reloads",
            from: .global,
            "Reloads nginx only after the workers of the reload before have ended."
        ),
        .unsupported(
            "map-hash-bucket-size",
            because: .sizedByContent,
            from: .global,
            "Sets the size of a bucket of nginx's maps."
        ),
        .unsupported("max-worker-connections", from: .global, idle: "16384", "Limits the connections of a worker."),
        .unsupported("max-worker-open-files", from: .global, "Limits the open files of a worker."),
        .unsupported("nginx-status-ipv4-whitelist", from: .global, "Names addresses that may read nginx's counters."),
        .unsupported(
            "nginx-status-ipv6-whitelist",
            from: .global,
            "Names addresses of IPv6 that may read nginx's counters."
        ),
        .unsupported(
            "proxy-headers-hash-bucket-size",
            because: .sizedByContent,
            from: .global,
            "Sets the size of a bucket of nginx's table of headers."
        ),
        .unsupported(
            "proxy-headers-hash-max-size",
            because: .sizedByContent,
            from: .global,
            "Sets the size of nginx's table of headers."
        ),
        .unsupported(
            "server-name-hash-bucket-size",
            because: .sizedByContent,
            from: .global,
            "Sets the size of a bucket of nginx's table of hosts."
        ),
        .unsupported(
            "server-name-hash-max-size",
            because: .sizedByContent,
            from: .global,
            "Sets the size of nginx's table of hosts."
        ),
        .unsupported(
            "variables-hash-bucket-size",
            because: .sizedByContent,
            from: .global,
            "Sets the size of a bucket of nginx's table of variables."
        ),
        .unsupported(
            "variables-hash-max-size",
            because: .sizedByContent,
            from: .global,
            "Sets the size of nginx's table of variables."
        ),
        .unsupported("worker-cpu-affinity", from: .global, "Binds workers to CPUs."),
        .unsupported("worker-processes", from: .global, idle: "auto", "Sets how many workers nginx has."),
        .unsupported(
            "worker-shutdown-timeout",
            from: .global,
            idle: "240s",
            "Limits how long old workers may finish their requests."
        ),
    ]
}
