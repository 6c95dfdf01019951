import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// The settings of logs.
struct LoggingValues: Sendable, Hashable {
    /// Whether the requests of an Ingress are logged.
    var logsRequests = true
    var isOff = false
    var isOffForHTTP = false
    var path: LogDestination?
    var httpPath: LogDestination?
    var buffering: AccessLog.Buffering?
    var format: LogFormat?
    var escapesForJSON = false
    var escapesNothing = false
    var unloggedURIs: [MapKey] = []
    var logsQuestions = false
    var logsUnmatched = false
    var errorPath: LogDestination?
    var errorLevel: Identifier?
    var usesSyslog = false
    var syslogHost: IPAddress?
    /// `nil` for the port of [RFC 5426](https://www.rfc-editor.org/rfc/rfc5426#section-3.3).
    var syslogPort: PortNumber?

    /// The file of the error log where neither an option nor a key names one.
    static let usualErrorLog = LogDestination.file(FilePath(known: "/var/log/nginx/error.log"))

    var syslog: LogDestination? {
        guard usesSyslog, let syslogHost else { return nil }
        return .syslog(syslogHost, syslogPort ?? .syslog)
    }

    /// The finding that nobody gets what is to be sent.
    func findings(of source: SettingSource) -> [Diagnostic] {
        guard usesSyslog, syslogHost == nil, source.value("enable-syslog") != nil else { return [] }
        return [
            source.finding(
                .warning,
                common: "syslog-host-missing",
                "'enable-syslog' has no effect without 'syslog-host'; logs go to files",
                at: "enable-syslog"
            )
        ]
    }

    var errorDestination: LogDestination? { syslog ?? errorPath }

    var accessLog: AccessLog {
        var log = AccessLog()
        log.isOn = !isOff && !isOffForHTTP
        log.destination = syslog ?? httpPath ?? path
        log.format = format
        log.escaping = escapesNothing ? AccessLog.Escaping.none : escapesForJSON ? .json : nil
        log.buffering = buffering
        log.unloggedURIs = unloggedURIs
        log.logsQuestions = logsQuestions
        log.logsUnmatched = logsUnmatched
        return log
    }
}

enum Logging {
    static let settings: [Setting] = accessLog + formats + errorLog

    private static let accessLog: [Setting] = [
        .value(
            "access-log-params",
            .logBuffering,
            \.logging.buffering,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("each line is written at once"),
            "Gathers lines of the access log before they are written: 'buffer=64k flush=5s gzip=4', each of them optional. A "
                + "syslog server gets each line at once."
        ).differs("Of nginx's parameters buffer, flush and gzip are taken."),
        .value(
            "access-log-path",
            .logFile,
            \.logging.path,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("the file that the options name is used"),
            "Names the file of the access log, in place of the one that the options name."
        ).differs("The file must be in /var/log/nginx, or be /dev/stdout, /dev/stderr or /dev/null."),
        .flag("disable-access-log", \.logging.isOff, "Turns the access log off.").identical,
        .flag("disable-http-access-log", \.logging.isOffForHTTP, "Turns the access log of HTTP off.").identical,
        .value(
            "enable-access-log",
            .bool,
            \.logging.logsRequests,
            default: "true",
            scope: .location,
            from: .annotation,
            "Keeps the requests of the Ingress in the access log."
        ).identical,
        .flag(
            "enable-access-log-for-default-backend",
            \.logging.logsUnmatched,
            "Logs requests of hosts that no Ingress names."
        ).identical,
        .flag("enable-auth-access-log", \.logging.logsQuestions, "Logs requests to authentication services.").identical,
        .value(
            "http-access-log-path",
            .logFile,
            \.logging.httpPath,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("that of 'access-log-path' is used"),
            "Names the file of the access log of HTTP, in place of 'access-log-path'."
        ).differs("The file must be in /var/log/nginx, or be /dev/stdout, /dev/stderr or /dev/null."),
        .value(
            "skip-access-log-urls",
            .unloggedURIs,
            \.logging.unloggedURIs,
            default: nil,
            scope: .http,
            from: .global,
            "Leaves requests with these URIs out of the access log, arguments included. A '~' in front makes a regular "
                + "expression, '~*' one that ignores case."
        ).identical,
    ]

    private static let formats: [Setting] = [
        .flag(
            "log-format-escape-json",
            \.logging.escapesForJSON,
            "Escapes variables in the access log as strings of JSON."
        ).identical,
        .flag(
            "log-format-escape-none",
            \.logging.escapesNothing,
            "Escapes no variable in the access log, so that clients can write quotes and line breaks into it."
        ).identical,
        .value(
            "log-format-upstream",
            .logFormat,
            \.logging.format,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("the default format is used"),
            "Sets a line of the access log: a text with variables of nginx, and with $namespace, $ingress_name, "
                + "$service_name, $service_port, $location_path, $proxy_upstream_name, $proxy_alternative_upstream_name and "
                + "$req_id of ingress-nginx. Line breaks become spaces."
        ).reading { text, values throws(ValueError) in
            values.logging.format = try LogFormat(reading: text, beside: values.geo.variables)
        }.differs("Only the variables of a fixed list are taken."),
    ]

    private static let errorLog: [Setting] = [
        .directive(
            "enable-rewrite-log",
            .flag,
            default: "false",
            sets: "rewrite_log",
            from: .annotation,
            "Logs how nginx rewrites paths, where 'error-log-level' is notice or lower."
        ).differs("The error log does not show it by default, since 'error-log-level' is error."),
        .value(
            "enable-syslog",
            .bool,
            \.logging.usesSyslog,
            default: "false",
            scope: .http,
            from: .global,
            "Sends both logs to the syslog server that 'syslog-host' names, in place of files."
        ).identical,
        .value(
            "error-log-level",
            .logLevel,
            \.logging.errorLevel,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("nginx's own level, error, is used"),
            "Sets from which level on nginx logs errors: debug, info, notice, warn, error, crit, alert or emerg."
        ).differs("The default is error; in ingress-nginx it is notice."),
        .value(
            "error-log-path",
            .logFile,
            \.logging.errorPath,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("the file that the options name is used"),
            "Names the file of the error log, in place of the one that the options name."
        ).differs("The file must be in /var/log/nginx, or be /dev/stdout, /dev/stderr or /dev/null."),
        .value(
            "syslog-host",
            .address,
            \.logging.syslogHost,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("logs go to files"),
            "Sets the address of the syslog server. A name is not taken: nginx refuses its whole configuration where it "
                + "cannot resolve one."
        ).differs("It is an address and no name."),
        .value(
            "syslog-port",
            .port,
            \.logging.syslogPort,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("514 is used"),
            "Sets the UDP port of the syslog server; without it, that is 514."
        ).identical,
    ]
}

extension Setting {
    /// A switch of all of nginx that is off by default.
    fileprivate static func flag(
        _ name: String,
        _ path: any WritableKeyPath<SettingValues, Bool> & Sendable,
        _ effect: String
    ) -> Setting {
        .value(name, .bool, path, default: "false", scope: .http, from: .global, effect)
    }
}
