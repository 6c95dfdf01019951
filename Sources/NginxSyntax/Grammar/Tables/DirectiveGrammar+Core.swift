extension DirectiveGrammar {
    /// The directives outside of `http` and `stream`, and in `events`.
    static let core: [DirectiveSyntax] = [
        table(
            module: nil,
            [
                Row("daemon", [.main], .one),
                Row("master_process", [.main], .one),
                Row("timer_resolution", [.main], .one),
                Row("pid", [.main], .one, .literal),
                Row("lock_file", [.main], .one, .literal),
                Row("worker_processes", [.main], .one),
                Row("debug_points", [.main], .one),
                Row("user", [.main], .oneOrTwo, .literal),
                Row("worker_priority", [.main], .one),
                Row("worker_cpu_affinity", [.main], .oneOrMore),
                Row("worker_rlimit_nofile", [.main], .one),
                Row("worker_rlimit_core", [.main], .one),
                Row("worker_shutdown_timeout", [.main], .one),
                Row("working_directory", [.main], .one, .literal),
                Row("env", [.main], .one, .literal),
                Row("load_module", [.main], .one, .literal),
                Row("include", Set(DirectiveContext.allCases.filter { $0 != .splitClients }), .one),
                Row("error_log", [.main], .oneOrMore),
                Row("pcre_jit", [.main], .one),
                Row("events", [.main], .none, opens: .events),
                Row("worker_connections", [.events], .one),
                Row("use", [.events], .one),
                Row("multi_accept", [.events], .one),
                Row("accept_mutex", [.events], .one),
                Row("accept_mutex_delay", [.events], .one),
                Row("epoll_events", [.events], .one),
                Row("worker_aio_requests", [.events], .one),
            ]
        ),
        table(module: "debug", [Row("debug_connection", [.events], .one)]),
        table(
            module: "threads",
            [
                Row("thread_pool", [.main], .twoOrThree)
            ]
        ),
        table(
            module: "http_ssl_module",
            [
                Row("ssl_engine", [.main], .one, .literal),
                Row("ssl_object_cache_inheritable", [.main], .one, since: NginxVersion(1, 27, 4)),
            ]
        ),
    ].flatMap(\.self)
}
