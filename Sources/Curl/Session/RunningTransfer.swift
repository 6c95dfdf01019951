import CCurlShim

/// A request that a session is at work on.
///
/// Only the session's thread touches it. It is an object because libcurl holds on to it.
@safe
final class RunningTransfer {
    let inbox: TransferInbox
    let start = ContinuousClock.now
    private let handle: EasyHandle
    private var lastActivity: ContinuousClock.Instant
    /// Whether the server is made to wait, and so is silent through no fault of its own.
    private var isPaused = false
    private let idleLimit: Duration?

    init(_ id: UInt64, _ request: TransferRequest, _ inbox: TransferInbox) throws(TransferError) {
        var handle = try EasyHandle()
        try unsafe handle.check(postern_curl_set_identifier(handle.raw, Int(id)), "the request")
        try handle.prepare(request)
        self.handle = handle
        self.inbox = inbox
        idleLimit = request.limits.idle
        lastActivity = start
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        try unsafe self.handle.check(postern_curl_set_writer(self.handle.raw, Self.writer, context), "the request")
        try unsafe self.handle.check(
            postern_curl_set_head_reader(self.handle.raw, Self.headReader, context),
            "the request"
        )
    }

    var raw: UnsafeMutableRawPointer { unsafe handle.raw }

    /// When the other side has been silent for too long; `nil` when it may be.
    var silenceEnds: ContinuousClock.Instant? { isPaused ? nil : idleLimit.map { lastActivity + $0 } }

    /// Whether there was a connection to send the request over, and nothing has come back.
    var isUnanswered: Bool { lastActivity == start && handle.offset(CURLINFO_PRETRANSFER_TIME_T) > 0 }

    func isSilent(since instant: ContinuousClock.Instant) -> Bool { lastActivity <= instant }

    func resume() {
        lastActivity = .now
        isPaused = false
        unsafe curl_easy_pause(handle.raw, CURLPAUSE_CONT)
    }

    /// Returns the error that a code of libcurl stands for; `nil` where all went well.
    func error(_ code: CURLcode) -> TransferError? {
        code == CURLE_OK ? nil : TransferError(code, handle.text(of: code))
    }

    private func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        lastActivity = .now
        isPaused = unsafe !inbox.put(bytes)
        return isPaused ? Int(CURL_WRITEFUNC_PAUSE) : bytes.count
    }

    private func receiveHead(_ line: UnsafeRawBufferPointer) -> Int {
        lastActivity = .now
        // The empty line ends a head; one of the 100s comes before the one that counts.
        if line.count <= 2, handle.long(CURLINFO_RESPONSE_CODE) >= 200 { inbox.put(head) }
        return line.count
    }

    private var head: TransferHead {
        let seconds = handle.offset(CURLINFO_RETRY_AFTER)
        return TransferHead(
            status: handle.long(CURLINFO_RESPONSE_CODE),
            retryAfter: seconds > 0 ? .seconds(seconds) : nil,
            httpVersion: handle.long(CURLINFO_HTTP_VERSION) == CURL_HTTP_VERSION_2_0 ? "2" : "1.1"
        )
    }

    private typealias Callback =
        @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int

    /// The callback of libcurl for each part of a body; another number than that of the bytes pauses the transfer.
    private static let writer: Callback = { data, size, count, context in
        guard let data = unsafe data, let context = unsafe context else { return 0 }
        let transfer = unsafe Unmanaged<RunningTransfer>.fromOpaque(context).takeUnretainedValue()
        return unsafe transfer.receive(UnsafeRawBufferPointer(start: data, count: size * count))
    }

    private static let headReader: Callback = { data, size, count, context in
        guard let data = unsafe data, let context = unsafe context else { return 0 }
        let transfer = unsafe Unmanaged<RunningTransfer>.fromOpaque(context).takeUnretainedValue()
        return unsafe transfer.receiveHead(UnsafeRawBufferPointer(start: data, count: size * count))
    }
}
