import Diagnostics
import NginxSyntax

/// How many requests and connections clients may have.
enum Limits {
    static let settings: [Setting] = [
        .unsupported(
            "limit-allowlist",
            because: .zones,
            from: .annotation(or: "limit-whitelist"),
            "Names networks without limits."
        ),
        .unsupported(
            "limit-burst-multiplier",
            because: .zones,
            from: .annotation,
            "Sets how many times its rate a client may exceed for a moment."
        ),
        .unsupported(
            "limit-conn-status-code",
            because: .zones,
            from: .configMaps,
            "Sets the status for connections beyond their limit."
        ),
        .unsupported(
            "limit-conn-zone-variable",
            because: .zones,
            from: .configMaps,
            "Sets what limits tell clients apart by."
        ),
        .unsupported(
            "limit-connections",
            because: .zones,
            from: .annotation,
            idle: "0",
            "Limits the connections of one client."
        ),
        .directive(
            "limit-rate",
            .kilobytesPerSecond,
            default: "0",
            sets: "limit_rate",
            "Limits how many KB of a response are sent each second, where proxy-buffering is on; 0 sets no limit."
        ).identical,
        .directive(
            "limit-rate-after",
            .kilobytesPerSecond,
            default: "0",
            sets: "limit_rate_after",
            "Sends so many KB of a response at once before limit-rate counts."
        ).identical,
        .unsupported(
            "limit-req-status-code",
            because: .zones,
            from: .configMaps,
            "Sets the status for requests beyond their limit."
        ),
        .unsupported(
            "limit-rpm",
            because: .zones,
            from: .annotation,
            idle: "0",
            "Limits the requests of one client a minute."
        ),
        .unsupported(
            "limit-rps",
            because: .zones,
            from: .annotation,
            idle: "0",
            "Limits the requests of one client a second."
        ),
    ]
}

extension ValueParser<ByteSize> {
    /// A number of KB that has no bound: nothing of that size is kept.
    static let kilobytesPerSecond = ValueParser(type: "KB", examples: ["64", "1024"], write: { "\($0.bytes >> 10)" }) {
        text throws(ValueError) in
        guard let size = ByteSize(bytes: try ValueParser<Number>.count.parse(text).value << 10) else {
            throw ValueError(reason: "is no whole number")
        }
        return size
    }
}

extension SettingValues {
    /// A rate that nothing limits: nginx passes on what it does not buffer as fast as it comes.
    func rateFindings(of source: SettingSource) -> [Diagnostic] {
        guard directives.value(of: "limit_rate") != "0", directives.value(of: "proxy_buffering") == "off",
            source.value("limit-rate") != nil
        else { return [] }
        return [
            source.finding(
                .warning,
                common: "limit-rate-unused",
                "'limit-rate' has no effect without 'proxy-buffering: \"on\"'",
                at: "limit-rate"
            )
        ]
    }
}

extension UnsupportedSetting.Reason {
    fileprivate static let zones = notRead(wouldNeed: "a zone for each Ingress, whose counts outlast reloads")
}
