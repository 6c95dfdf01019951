import NginxSyntax

/// The settings of nginx's processes beside directives of one value.
struct ProcessValues: Sendable, Hashable {
    /// How long old workers may finish their requests; `nil` leaves it to the options.
    var workerShutdownTimeout: TimeSpan?
    /// The networks of clients whose connections are logged in every detail.
    var debuggedNetworks: [CIDRBlock] = []
    /// Whether threads write temporary files, and not workers themselves.
    var writesByThreads = false

    /// The directives beside those of single settings.
    func add(to directives: inout DirectiveSettings<HTTPBlock>) {
        guard writesByThreads else { return }
        directives.set(SettingDirective("aio"), to: Identifier(known: "threads"))
        directives.set(SettingDirective("aio_write"), to: true as Flag)
    }
}

/// How nginx's processes run.
enum Process {
    static let settings: [Setting] = [
        .value(
            "debug-connections",
            .allowedNetworks,
            \.process.debuggedNetworks,
            default: nil,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("no connection is logged so"),
            "Logs connections of these networks in every detail, whatever 'error-log-level' is, where nginx is built for debugging; "
                + "the log then holds cookies and passwords."
        ).needing("debug_connection").identical,
        .value(
            "enable-aio-write",
            .bool,
            \.process.writesByThreads,
            default: "false",
            scope: .http,
            from: .global,
            "Has threads write what of responses does not fit into buffers."
        ).needing("thread_pool").differs("The default is false; in ingress-nginx it is true."),
        .processDirective(
            "enable-multi-accept",
            .flag,
            default: "true",
            sets: "multi_accept",
            in: \.eventsDirectives,
            "Takes all new connections at a time."
        ).identical,
        .unsupported(
            "enable-serial-reloads",
            because: "old workers end after 'worker-shutdown-timeout', however many reloads come",
            from: .global,
            idle: "false",
            "Reloads nginx only after the workers of the reload before have ended."
        ).wouldNeed("a wait for the old workers before each reload"),
        .unsupported(
            "map-hash-bucket-size",
            because: .sizedByContent,
            from: .global,
            "Sets the size of a bucket of nginx's maps."
        ),
        .processDirective(
            "max-worker-connections",
            .workerConnections,
            default: nil,
            sets: "worker_connections",
            in: \.eventsDirectives,
            "Limits the connections of a worker, those to backends included; 0 means three quarters of the files that it "
                + "may have open by default, and without it there are 16384, or as many as by 0 for more than 4096 ports of "
                + "Services."
        ).differs(
            "0 means 49152, and so does nothing for more than 4096 ports of Services; in ingress-nginx it means three quarters "
                + "of the worker's open files, and the default is 16384."
        ),
        .processDirective(
            "max-worker-open-files",
            .workerFiles,
            default: "65536",
            sets: "worker_rlimit_nofile",
            in: \.mainDirectives,
            "Limits the open files of a worker; 0 means the default."
        ).differs("The default is 65536; in ingress-nginx it is 1024 less than the process may open."),
        .unsupported(
            "nginx-status-ipv4-whitelist",
            because: .countersInMetrics,
            from: .global,
            "Names addresses that may read nginx's counters."
        ),
        .unsupported(
            "nginx-status-ipv6-whitelist",
            because: .countersInMetrics,
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
        .processDirective(
            "worker-cpu-affinity",
            .cpuMasks,
            default: nil,
            sets: "worker_cpu_affinity",
            in: \.mainDirectives,
            "Binds each worker to the CPUs of its mask, or to one of its own by 'auto'."
        ).identical,
        .processDirective(
            "worker-processes",
            .workerCount,
            default: "auto",
            sets: "worker_processes",
            in: \.mainDirectives,
            "Sets how many workers nginx has; 'auto' means one for each CPU."
        ).differs("'auto' is nginx's own; in ingress-nginx it heeds the limit of the container."),
        .value(
            "worker-shutdown-timeout",
            .nginxTime,
            \.process.workerShutdownTimeout,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("that of the option --worker-shutdown-timeout is used"),
            "Limits how long old workers may finish their requests after a reload, in place of the option "
                + "--worker-shutdown-timeout."
        ).identical,
    ]
}

extension ValueParser<Identifier> {
    /// A number of processes, or nginx's own.
    fileprivate static let workerCount = ValueParser(type: "number from 1 to 512, or auto", examples: ["2", "4"]) {
        text throws(ValueError) in
        if text == "auto", let auto = Identifier(text) { return auto }
        guard let count = UInt16(text), (1...512).contains(count) else {
            throw ValueError(reason: "is neither a number from 1 to 512 nor 'auto'")
        }
        return Identifier(count)
    }
}

extension ValueParser<[Identifier]> {
    /// A mask of CPUs for each worker, the first CPU last.
    fileprivate static let cpuMasks = ValueParser(type: "masks of CPUs, or auto", examples: ["auto", "0001 0010"]) {
        text throws(ValueError) in
        let words = text.split(separator: " ").map(String.init)
        let masks = words.first == "auto" ? words.dropFirst() : words[...]
        guard !words.isEmpty, masks.allSatisfy({ $0.utf8.count <= 1_024 && $0.allSatisfy { "01".contains($0) } }),
            words.first != "auto" || masks.count <= 1
        else { throw ValueError(reason: "is neither masks such as '0001 0010' nor 'auto'") }
        return words.compactMap(Identifier.init)
    }
}

extension ValueParser<Number> {
    /// Connections of one worker; nginx keeps memory for each from its start on.
    fileprivate static let workerConnections = limit(
        ifZero: 49_152,
        from: 256,
        to: 262_144,
        examples: ["1024", "32768"]
    )
    /// Files of one worker; more than a million no kernel allows without being told.
    fileprivate static let workerFiles = limit(
        ifZero: 65_536,
        from: 1_024,
        to: 1_048_576,
        examples: ["131072", "262144"]
    )

    private static func limit(ifZero whole: Int, from least: Int, to most: Int, examples: [String]) -> Self {
        ValueParser(type: "number from \(least) to \(most), or 0", examples: examples) { text throws(ValueError) in
            let count = try Self.count.parse(text)
            if count.value == 0 { return Number(whole) }
            guard (least...most).contains(count.value) else {
                throw ValueError(reason: "is not from \(least) to \(most)")
            }
            return count
        }
    }
}

extension ValueParser<TimeSpan> {
    /// A time as nginx writes it.
    fileprivate static let nginxTime = ValueParser(type: "time", examples: ["30s", "10m"]) {
        text throws(ValueError) in
        guard let time = TimeSpan(text) else { throw ValueError(reason: "is no time such as 30s or 5m") }
        return time
    }
}
