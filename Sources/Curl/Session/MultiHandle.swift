import CCurlShim

/// A libcurl multi handle with its connections and the requests that it is at work on, freed when it goes out of scope.
@safe
struct MultiHandle: ~Copyable {
    private let raw: UnsafeMutableRawPointer
    private var transfers: [UInt64: RunningTransfer] = [:]
    private let mailbox: SessionMailbox

    /// Returns `nil` where libcurl cannot be set up.
    init?(wakingBy mailbox: SessionMailbox) {
        guard CurlHandle.isReady, let raw = unsafe curl_multi_init() else { return nil }
        unsafe self.raw = raw
        self.mailbox = mailbox
        unsafe postern_curl_multi_set_long(raw, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        mailbox.wake(UInt(bitPattern: raw))
    }

    deinit {
        mailbox.wake(nil)
        for transfer in transfers.values {
            unsafe curl_multi_remove_handle(raw, transfer.raw)
            transfer.inbox.end(.cancelled)
        }
        unsafe curl_multi_cleanup(raw)
    }

    mutating func obey(_ command: SessionMailbox.Command) {
        switch command {
        case .start(let id, let request, let inbox):
            do throws(TransferError) {
                let transfer = try RunningTransfer(id, request, inbox)
                guard unsafe curl_multi_add_handle(raw, transfer.raw) == CURLM_OK else {
                    throw .unusable("libcurl is out of memory")
                }
                transfers[id] = transfer
            } catch {
                inbox.end(error)
            }
        case .cancel(let id):
            end(id, .cancelled)
        case .resume(let id):
            transfers[id]?.resume()
        }
    }

    /// Sends and receives what can be without waiting.
    ///
    /// Returns `false` when the connection is one over which nothing comes any more: a request was not answered in
    /// time, and nothing was heard meanwhile of the others.
    mutating func work() -> Bool {
        var running: Int32 = 0
        unsafe curl_multi_perform(raw, &running)
        var isAlive = true
        var code = CURLE_OK
        while let ended = unsafe postern_curl_multi_next_ended(raw, &code) {
            var id = 0
            unsafe postern_curl_get_identifier(ended, &id)
            if code == CURLE_OPERATION_TIMEDOUT { isAlive = isAlive && !isHung(UInt64(id)) }
            end(UInt64(id), transfers[UInt64(id)]?.error(code))
        }
        let now = ContinuousClock.now
        for (id, transfer) in transfers {
            if let limit = transfer.silenceEnds, limit <= now { end(id, .timedOut) }
        }
        return isAlive
    }

    /// Waits until there is something to do.
    func wait() {
        let silence = transfers.values.compactMap(\.silenceEnds).min().map { $0 - .now }
        let limit = min(silence ?? .seconds(60), .seconds(60))
        unsafe curl_multi_poll(raw, nil, 0, Int32(max(1, limit / .milliseconds(1))), nil)
    }

    /// Ends all requests, as their connections are given up.
    mutating func giveUp() {
        for id in transfers.keys { end(id, .lost("the server has fallen silent")) }
    }

    private func isHung(_ id: UInt64) -> Bool {
        guard let transfer = transfers[id], transfer.isUnanswered else { return false }
        return transfers.values.allSatisfy { $0.isSilent(since: transfer.start) }
    }

    private mutating func end(_ id: UInt64, _ error: TransferError?) {
        guard let transfer = transfers.removeValue(forKey: id) else { return }
        unsafe curl_multi_remove_handle(raw, transfer.raw)
        transfer.inbox.end(error)
    }
}
