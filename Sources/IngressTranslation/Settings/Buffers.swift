import NginxSyntax

/// How much of requests and responses nginx keeps in memory and in files.
enum Buffers {
    static let settings: [Setting] = [
        .directive(
            "client-body-buffer-size",
            .size,
            default: "8k",
            sets: "client_body_buffer_size",
            "Sets how much of a request's body is kept in memory before it is written to a file."
        ).identical,
        .directive(
            "proxy-body-size",
            .size,
            default: "1m",
            sets: "client_max_body_size",
            "Limits the size of a request's body; larger ones are answered with 413, and 0 sets no limit."
        ).risk(.medium).identical,
        .value(
            "proxy-buffer-size",
            .bufferSize,
            \.responseBuffers.size,
            default: "4k",
            scope: .location,
            from: .everywhere,
            "Sets the size of the buffer for a response's head, and of each buffer for its body."
        ).identical,
        .directive(
            "proxy-buffering",
            .onOrOff,
            default: "off",
            sets: "proxy_buffering",
            "Reads responses as fast as nginx can, ahead of the client."
        ).identical,
        .value(
            "proxy-buffers-number",
            .bufferCount,
            \.responseBuffers.count,
            default: "4",
            scope: .location,
            from: .everywhere,
            "Sets how many buffers a response's body may take."
        ).identical,
        .value(
            "proxy-busy-buffers-size",
            .bufferSize,
            \.responseBuffers.busy,
            scope: .location,
            from: .everywhere,
            ifInvalid: .usesDefaultSaying("two buffers are used"),
            "Limits how much of a response may be on its way to the client while the rest is read; "
                + "at least one buffer, at most all but one."
        ).differs("A size that nginx would refuse beside the others is moved into its bounds."),
        .value(
            "proxy-max-temp-file-size",
            .fileSize,
            \.responseBuffers.temporaryFile,
            default: "1024m",
            scope: .location,
            from: .everywhere,
            "Limits how much of a response is kept in a file; 0 keeps none there, and less than a buffer is one."
        ).differs("A size that nginx would refuse beside the others is moved into its bounds."),
        .directive(
            "proxy-request-buffering",
            .onOrOff,
            default: "on",
            sets: "proxy_request_buffering",
            "Reads the whole body of a request before it is passed on."
        ).identical,
    ]
}

extension ValueParser<ByteSize> {
    /// The size of a buffer that each request takes: what one tenant asks for must not exhaust the memory of all.
    static let bufferSize = ValueParser(type: "size up to 16m", examples: ["8k", "16k"]) { text throws(ValueError) in
        let size = try Self.size.parse(text)
        guard size.bytes > 0 else { throw ValueError(reason: "leaves no room for a response's head") }
        guard size.bytes <= 16 << 20 else { throw ValueError(reason: "is more than 16m") }
        return size
    }

    /// A size that nginx reads where it knows no `g`.
    static let fileSize = ValueParser(type: "size up to 1024g", examples: ["0", "64m"]) { text throws(ValueError) in
        let size = try Self.size.parse(text)
        guard size.bytes <= 1 << 40 else { throw ValueError(reason: "is more than 1024g") }
        return size
    }
}

extension ValueParser<Number> {
    /// nginx refuses fewer than two.
    static let bufferCount = ValueParser(type: "number from 2 to 1024", examples: ["8", "16"]) {
        text throws(ValueError) in
        let count = try Self.count.parse(text)
        guard (2...1_024).contains(count.value) else { throw ValueError(reason: "is not from 2 to 1024") }
        return count
    }
}
