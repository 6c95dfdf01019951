import NginxSyntax
import ProxyConfiguration

/// The settings of the ports of TCP and UDP, beside those of their log.
struct StreamValues: Sendable, Hashable {
    var idleTime: TimeSpan = TimeSpan(seconds: 600)
    var triesOthers = true
    var retryTime: TimeSpan = TimeSpan(seconds: 600)
    var tries = Number(3)
    var responses = Number(1)
    var isLogOff = false
    /// Whether no port is served, because it is not known whom a snippet keeps away.
    var isClosed = false
    var logPath: LogDestination?
    var logFormat: Expression?
}

extension SettingValues {
    /// The settings of `stream`.
    var streamSettings: StreamSettings {
        var settings = StreamSettings()
        settings.idleTime = streams.idleTime
        settings.triesOthers = streams.triesOthers
        settings.retryTime = streams.retryTime
        settings.tries = streams.tries
        settings.responses = streams.responses
        settings.log.isOn = !logging.isOff && !streams.isLogOff
        settings.log.destination = logging.syslog ?? streams.logPath ?? logging.path
        settings.log.format = streams.logFormat
        settings.log.buffering = logging.buffering
        // Where it is not known who is believed, nobody is.
        settings.believedProxies = realIP.isUnknown ? [] : realIP.proxies
        settings.lineTime = realIP.lineTime
        settings.resolvesIPv4Only = resolvesIPv4Only
        return settings
    }
}

/// How TCP and UDP are passed on.
enum Stream {
    static let settings: [Setting] = [
        .value(
            "disable-stream-access-log",
            .bool,
            \.streams.isLogOff,
            default: "false",
            scope: .http,
            from: .global,
            "Turns the access log of TCP and UDP off."
        ).identical,
        .value(
            "log-format-stream",
            .streamLogFormat,
            \.streams.logFormat,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("the default format is used"),
            "Sets a line of the access log of TCP and UDP: a text with variables of nginx, and with $proxy_upstream_name, such "
                + "as tcp-shop-db-5432. Line breaks become spaces."
        ).differs("Only the variables of a fixed list are taken."),
        .value(
            "proxy-stream-next-upstream",
            .bool,
            \.streams.triesOthers,
            default: "true",
            scope: .http,
            from: .global,
            "Passes a connection of TCP or UDP to another endpoint where one does not take it."
        ).identical,
        .value(
            "proxy-stream-next-upstream-timeout",
            .streamTime,
            \.streams.retryTime,
            default: "600s",
            scope: .http,
            from: .global,
            "Limits how long endpoints are tried for a connection of TCP or UDP; 0 sets no limit."
        ).identical,
        .value(
            "proxy-stream-next-upstream-tries",
            .count,
            \.streams.tries,
            default: "3",
            scope: .http,
            from: .global,
            "Limits how many endpoints are tried for a connection of TCP or UDP; 0 sets no limit."
        ).identical,
        .value(
            "proxy-stream-responses",
            .count,
            \.streams.responses,
            default: "1",
            scope: .http,
            from: .global,
            "Sets how many datagrams of a Service answer one of a client: with as many the exchange ends, and 0 means that "
                + "none is waited for."
        ).identical,
        .value(
            "proxy-stream-timeout",
            .streamTime,
            \.streams.idleTime,
            default: "600s",
            scope: .http,
            from: .global,
            "Limits how long nothing may come from either side of a connection of TCP or UDP."
        ).identical,
        .value(
            "stream-access-log-path",
            .logFile,
            \.streams.logPath,
            scope: .http,
            from: .global,
            ifInvalid: .usesDefaultSaying("that of 'access-log-path' is used"),
            "Names the file of the access log of TCP and UDP, in place of 'access-log-path'."
        ).differs("The file must be in /var/log/nginx, or be /dev/stdout, /dev/stderr or /dev/null."),
    ]
}

extension ValueParser<TimeSpan> {
    /// A time as nginx writes it, of at most a year.
    fileprivate static let streamTime = ValueParser(type: "time", examples: ["30s", "2h"]) { text throws(ValueError) in
        guard let time = TimeSpan(text) else { throw ValueError(reason: "is no time such as 30s or 5m") }
        guard time.milliseconds <= 31_536_000_000 else { throw ValueError(reason: "is longer than a year") }
        return time
    }
}

extension ValueParser<Expression> {
    /// Printable characters of ASCII, and variables that nginx has of each connection.
    fileprivate static let streamLogFormat = ValueParser(
        type: "text with variables",
        examples: ["$remote_addr $protocol $status", "[$proxy_upstream_name] $session_time"],
        write: \.description
    ) { text throws(ValueError) in
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        guard !line.isEmpty else { throw ValueError(reason: "is empty") }
        let parts = try Expression.parts(of: line, .ofStreamLog) { (0x20...0x7E).contains($0) }
        guard let expression = Expression(parts: parts) else { throw ValueError(reason: "is too long") }
        return expression
    }
}
