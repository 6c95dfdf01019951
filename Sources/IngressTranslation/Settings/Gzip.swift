import Diagnostics
import NginxSyntax

/// Which responses are compressed.
enum Gzip {
    fileprivate static let types =
        "application/atom+xml application/javascript application/x-javascript application/json "
        + "application/rss+xml application/vnd.ms-fontobject application/x-font-ttf "
        + "application/x-web-app-manifest+json application/xhtml+xml application/xml font/opentype "
        + "image/svg+xml image/x-icon text/css text/javascript text/plain text/x-component"

    static let settings: [Setting] = [
        .httpDirective(
            "gzip-disable",
            .userAgents,
            default: nil,
            sets: "gzip_disable",
            "Leaves responses as they are for user agents that match this regular expression."
        ).identical,
        .httpDirective(
            "gzip-level",
            .gzipLevel,
            default: "1",
            sets: "gzip_comp_level",
            "Sets how hard gzip compresses, from 1 to 9."
        ).identical,
        .httpDirective(
            "gzip-min-length",
            .count,
            default: "256",
            sets: "gzip_min_length",
            "Leaves responses as they are that are shorter than this many bytes."
        ).identical,
        .httpDirective(
            "gzip-types",
            .mediaTypes,
            default: types,
            sets: "gzip_types",
            "Names the types of responses that gzip compresses beside text/html; '*' stands for all."
        ).identical,
        .httpDirective(
            "use-gzip",
            .flag,
            default: "false",
            sets: "gzip",
            "Compresses responses for clients that accept gzip."
        ).identical,
    ]
}

/// Which responses are compressed by Brotli, where nginx has a module for that.
struct BrotliValues: Sendable, Hashable {
    var isOn = false
    var level = Number(4)
    var minLength = Number(20)
    var types: [Text] = []

    func add(to directives: inout DirectiveSettings<HTTPBlock>) {
        guard isOn else { return }
        directives.set(SettingDirective("brotli"), to: true as Flag)
        directives.set(SettingDirective("brotli_comp_level"), to: level)
        directives.set(SettingDirective("brotli_min_length"), to: minLength)
        directives.set(SettingDirective("brotli_types"), to: types)
    }
}

enum Brotli {
    static let settings: [Setting] = [
        .value(
            "brotli-level",
            .brotliLevel,
            \.brotli.level,
            default: "4",
            scope: .http,
            from: .global,
            "Sets how hard Brotli compresses, from 0 to 11."
        ).needing("brotli_comp_level").differs(difference),
        .value(
            "brotli-min-length",
            .count,
            \.brotli.minLength,
            default: "20",
            scope: .http,
            from: .global,
            "Leaves responses as they are that are shorter than this many bytes."
        ).needing("brotli_min_length").differs(difference),
        .value(
            "brotli-types",
            .mediaTypes,
            \.brotli.types,
            default: "application/xml+rss " + Gzip.types,
            scope: .http,
            from: .global,
            "Names the types of responses that Brotli compresses beside text/html; '*' stands for all."
        ).needing("brotli_types").differs(difference),
        .value(
            "enable-brotli",
            .bool,
            \.brotli.isOn,
            default: "false",
            scope: .http,
            from: .global,
            "Compresses responses for clients that accept Brotli."
        ).needing("brotli").differs(difference),
    ]

    private static let difference =
        "nginx has to have the module, ngx_http_brotli_filter_module.so; without it a finding says so."
}

extension ValueParser<Number> {
    /// A compression level of Brotli.
    fileprivate static let brotliLevel = ValueParser(type: "number from 0 to 11", examples: ["4", "11"]) {
        text throws(ValueError) in
        let level = try Self.count.parse(text)
        guard (0...11).contains(level.value) else { throw ValueError(reason: "is not from 0 to 11") }
        return level
    }

    /// A compression level of zlib.
    fileprivate static let gzipLevel = ValueParser(type: "number from 1 to 9", examples: ["1", "6"]) {
        text throws(ValueError) in
        let level = try Self.count.parse(text)
        guard (1...9).contains(level.value) else { throw ValueError(reason: "is not from 1 to 9") }
        return level
    }
}

extension ValueParser<RegularExpression> {
    /// A pattern of the header User-Agent.
    fileprivate static let userAgents = ValueParser(
        type: "regular expression",
        examples: ["msie6", "Mozilla/4\\.[0-9]+"],
        write: \.pattern
    ) { text throws(ValueError) in
        try RegularExpression(ofSetting: text)
    }
}

extension ValueParser<[Text]> {
    /// Types of content such as `text/css`; nginx always compresses `text/html`, and warns where it is named.
    fileprivate static let mediaTypes = ValueParser(
        type: "list of media types",
        examples: ["text/css text/plain", "*"]
    ) {
        text throws(ValueError) in
        var types: [Text] = []
        for word in text.split(separator: " ").map(String.init) {
            guard word == "*" || word.isMediaType, let type = Text(word) else {
                throw ValueError(reason: "names '\(word.excerpt)', which is no media type such as text/css")
            }
            if word != "text/html", !types.contains(type) { types.append(type) }
        }
        guard !types.isEmpty else { throw ValueError(reason: "names no type beside text/html") }
        return types
    }
}

extension String {
    /// Whether it is a type and a subtype with a slash between, as in
    /// [RFC 6838](https://www.rfc-editor.org/rfc/rfc6838#section-4.2).
    fileprivate var isMediaType: Bool {
        let names = split(separator: "/", omittingEmptySubsequences: false)
        return names.count == 2
            && names.allSatisfy { name in
                (1...127).contains(name.utf8.count)
                    && name.utf8.allSatisfy { byte in
                        switch byte {
                        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"),
                            UInt8(ascii: "-"), UInt8(ascii: "_"):
                            true
                        default: false
                        }
                    }
            }
    }
}
