import Diagnostics
import NginxSyntax
import ProxyConfiguration

extension ValueParser<LogDestination> {
    /// A file in nginx's usual folder for logs, or one of the process's own streams.
    ///
    /// nginx creates the files that it logs to, as root in many setups: it must not be led elsewhere.
    static let logFile = ValueParser(
        type: "file in /var/log/nginx, or /dev/stdout, /dev/stderr or /dev/null",
        examples: ["/var/log/nginx/requests.log", "/dev/stdout"]
    ) { text throws(ValueError) in
        let folder = "/var/log/nginx/"
        let isStream = ["/dev/stdout", "/dev/stderr", "/dev/null"].contains(text)
        let name = text.hasPrefix(folder) ? text.dropFirst(folder.count) : ""
        let isFile = !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= 200 && Identifier(String(name)) != nil
        guard isStream || isFile, let path = FilePath(text) else {
            throw ValueError(reason: "is no file in /var/log/nginx, nor /dev/stdout, /dev/stderr or /dev/null")
        }
        return .file(path)
    }
}

extension ValueParser<AccessLog.Buffering> {
    /// Parameters of [access_log](https://nginx.org/en/docs/http/ngx_http_log_module.html#access_log).
    static let logBuffering = ValueParser(
        type: "buffer=SIZE, flush=TIME and gzip=LEVEL",
        examples: ["buffer=16k flush=5s", "buffer=64k gzip=4 flush=1m"]
    ) { text throws(ValueError) in
        var buffering = AccessLog.Buffering()
        for word in text.split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            switch parts[0] {
            case "buffer": buffering.size = try size(parts.dropFirst().first)
            case "flush": buffering.flush = try time(parts.dropFirst().first)
            case "gzip": buffering.compression = try level(parts.count > 1 ? parts[1] : "1")
            default:
                throw ValueError(reason: "holds '\(String(word).excerpt)', which is none of buffer, flush and gzip")
            }
        }
        // nginx takes neither a time nor a level for what it does not gather.
        if buffering.size == nil { buffering.size = ByteSize(bytes: 65_536) }
        return buffering
    }

    private static func size(_ text: String?) throws(ValueError) -> ByteSize {
        let size = try ValueParser<ByteSize>.size.parse(text ?? "")
        guard (1_024...1_048_576).contains(size.bytes) else {
            throw ValueError(reason: "sets a buffer that is not from 1k to 1m")
        }
        return size
    }

    private static func time(_ text: String?) throws(ValueError) -> TimeSpan {
        guard let time = text.flatMap(TimeSpan.init), (1_000...3_600_000).contains(time.milliseconds) else {
            throw ValueError(reason: "sets a time for 'flush' that is not from 1s to 1h")
        }
        return time
    }

    private static func level(_ text: String) throws(ValueError) -> Number {
        guard let level = Int(text), (1...9).contains(level) else {
            throw ValueError(reason: "sets a level for 'gzip' that is not from 1 to 9")
        }
        return Number(level)
    }
}

extension ValueParser<LogFormat> {
    /// Printable characters of ASCII, and variables that nginx has in each request.
    static let logFormat = ValueParser(
        type: "text with variables",
        examples: ["$remote_addr $status $request_time", #"{"ingress":"$ingress_name","status":$status}"#],
        write: \.text.description
    ) { text throws(ValueError) in
        try LogFormat(reading: text)
    }
}

extension LogFormat {
    /// - Parameter declared: The variables beside those that nginx has in each request.
    init(reading text: String, beside declared: [VariableName] = []) throws(ValueError) {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        guard !line.isEmpty else { throw ValueError(reason: "is empty") }
        let parts = try Expression.parts(of: line, .ofLog.adding(declared)) { (0x20...0x7E).contains($0) }
        guard let expression = Expression(parts: parts) else { throw ValueError(reason: "is too long") }
        self.init(expression)
    }
}

extension ValueParser<[MapKey]> {
    /// URIs, and regular expressions behind a `~`.
    static let unloggedURIs = ValueParser.items(
        type: "list of URIs and regular expressions",
        examples: ["/healthz", "/healthz,~^/status/[a-z]+"],
        of: "URI",
        write: { $0.map(\.description).joined(separator: ",") },
        whole: { keys, _ throws(ValueError) in
            var known: Set<MapKey> = []
            return keys.filter { known.insert($0).inserted }
        },
        item: { text throws(ValueError) in
            if text.hasPrefix("~") {
                let ignoresCase = text.hasPrefix("~*")
                let pattern = String(text.dropFirst(ignoresCase ? 2 : 1))
                return .expression(try RegularExpression(ofSetting: pattern), ignoresCase: ignoresCase)
            }
            // nginx's map compares in lower case, and refuses the same key twice.
            guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let uri = Text(text.lowercased()) else {
                throw ValueError(reason: "is no URI")
            }
            return .literal(uri)
        }
    )
}

extension ValueParser<Identifier> {
    /// The levels of [error_log](https://nginx.org/en/docs/ngx_core_module.html#error_log).
    static let logLevel = ValueParser(type: "level", examples: ["notice", "warn"]) { text throws(ValueError) in
        let levels = ["debug", "info", "notice", "warn", "error", "crit", "alert", "emerg"]
        guard levels.contains(text), let level = Identifier(text) else {
            throw ValueError(reason: "is none of \(levels.joined(separator: ", "))")
        }
        return level
    }
}

extension ValueParser<IPAddress> {
    static let address = ValueParser(type: "IP address", examples: ["10.0.0.7", "fd00::7"]) { text throws(ValueError) in
        guard let address = IPAddress(text) else { throw ValueError(reason: "is no IP address") }
        return address
    }
}

extension ValueParser<PortNumber> {
    static let port = ValueParser(type: "port", examples: ["514", "1514"]) { text throws(ValueError) in
        guard let port = Int(text).flatMap(PortNumber.init) else {
            throw ValueError(reason: "is no port from 1 to 65535")
        }
        return port
    }
}
