import CCurlShim

/// One libcurl easy handle with the connections that it keeps open, freed when it goes out of scope.
@safe
package struct CurlHandle: ~Copyable {
    private let raw: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private let output = CurlOutput()

    /// Before its first use libcurl must be set up once.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    package init() throws(CurlError) {
        guard Self.isReady, let raw = unsafe curl_easy_init() else { throw CurlError("libcurl cannot be set up") }
        unsafe self.raw = raw
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        unsafe curl_easy_cleanup(raw)
        unsafe errorText.deallocate()
    }

    /// Sends a request through a Unix socket and waits for what comes of it.
    ///
    /// Redirects are not followed, and certificates are not checked.
    package func send(_ request: RawRequest, to socket: String) throws(CurlError) -> RawResponse {
        try setOptions()
        try set(CURLOPT_UNIX_SOCKET_PATH, socket)
        return try send(request)
    }

    /// Sends a request to one place whatever host its URL names, and waits for what comes of it.
    ///
    /// Of a long answer the head comes back, and the body as far as there is room. Redirects are not followed, and
    /// certificates are not checked.
    ///
    /// - Parameter address: A host and a port, `192.0.2.1:443`; IPv6 stands in brackets.
    package func send(_ request: RawRequest, connectingTo address: String) throws(CurlError) -> RawResponse {
        try setOptions()
        var places: UnsafeMutablePointer<curl_slist>?
        defer { unsafe curl_slist_free_all(places) }
        unsafe places = curl_slist_append(nil, "::\(address)")
        guard unsafe places != nil else { throw CurlError("out of memory") }
        try unsafe check(postern_curl_set_list(raw, CURLOPT_CONNECT_TO, places))
        // Of the answer to HEAD there is no body to wait for.
        if request.method == "HEAD" { try set(CURLOPT_NOBODY, 1) }
        output.keepsHead = true
        defer { output.keepsHead = false }
        return try send(request)
    }

    private func send(_ request: RawRequest) throws(CurlError) -> RawResponse {
        try set(CURLOPT_URL, request.url)
        try set(CURLOPT_REQUEST_TARGET, request.target)
        // An answer to HEAD has no body, whatever length it names.
        try set(CURLOPT_NOBODY, request.method == "HEAD" ? 1 : 0)
        try set(CURLOPT_CUSTOMREQUEST, request.method)
        try set(CURLOPT_TIMEOUT_MS, Int(request.timeout / .milliseconds(1)))
        try set(CURLOPT_FRESH_CONNECT, request.sharesConnections ? 0 : 1)
        try set(CURLOPT_FORBID_REUSE, request.sharesConnections ? 0 : 1)
        var headers: UnsafeMutablePointer<curl_slist>?
        defer { unsafe curl_slist_free_all(headers) }
        for line in ["Host: \(request.host)"] + request.headers.map({ "\($0.key): \($0.value)" }) {
            guard let longer = unsafe curl_slist_append(headers, line) else { throw CurlError("out of memory") }
            unsafe headers = longer
        }
        try unsafe check(postern_curl_set_list(raw, CURLOPT_HTTPHEADER, headers))
        return try perform(isOverTLS: request.url.hasPrefix("https:"))
    }

    private func perform(isOverTLS: Bool) throws(CurlError) -> RawResponse {
        output.bytes.removeAll(keepingCapacity: true)
        let context = unsafe Unmanaged.passUnretained(output).toOpaque()
        try unsafe check(postern_curl_set_writer(raw, CurlOutput.writer, context))
        let code = unsafe curl_easy_perform(raw)
        let isCut = code == CURLE_WRITE_ERROR && output.keepsHead && ResponseHead(output.bytes) != nil
        guard code == CURLE_OK || isCut else { throw failure(code, isOverTLS) }
        var status = 0
        try unsafe check(postern_curl_get_long(raw, CURLINFO_RESPONSE_CODE, &status))
        let certificate = unsafe postern_curl_get_certificate(raw).map { unsafe String(cString: $0) }
        return RawResponse(status: status, bytes: output.bytes, certificate: certificate)
    }

    private func failure(_ code: CURLcode, _ isOverTLS: Bool) -> CurlError {
        var connections = 0
        var handshake: curl_off_t = 0
        _ = unsafe postern_curl_get_long(raw, CURLINFO_NUM_CONNECTS, &connections)
        _ = unsafe postern_curl_get_offset(raw, CURLINFO_APPCONNECT_TIME_T, &handshake)
        // Whatever the code is: a handshake may be refused by either side, be cut off, or take too long.
        let isOfHandshake = isOverTLS && connections > 0 && handshake == 0 && code != CURLE_COULDNT_CONNECT
        let words = unsafe String(cString: errorText)
        let description = words.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : words
        return CurlError(description, isOfHandshake: isOfHandshake)
    }

    /// Sets the options of every request, whatever the environment says of proxies.
    private func setOptions() throws(CurlError) {
        unsafe curl_easy_reset(raw)
        unsafe errorText.pointee = 0
        try unsafe check(postern_curl_set_error_buffer(raw, errorText))
        try set(CURLOPT_NOSIGNAL, 1)
        // The head of the response goes where its body goes.
        try set(CURLOPT_HEADER, 1)
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try set(CURLOPT_CERTINFO, 1)
        try set(CURLOPT_SSL_VERIFYPEER, 0)
        try set(CURLOPT_SSL_VERIFYHOST, 0)
        // Certificates that nothing is checked against would be read for each handshake.
        try unsafe check(postern_curl_set_string(raw, CURLOPT_CAINFO, nil))
        try unsafe check(postern_curl_set_string(raw, CURLOPT_CAPATH, nil))
        try set(CURLOPT_NOPROXY, "*")
    }

    private func set(_ option: CURLoption, _ value: Int) throws(CurlError) {
        try unsafe check(postern_curl_set_long(raw, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(CurlError) {
        try unsafe check(postern_curl_set_string(raw, option, value))
    }

    private func check(_ code: CURLcode) throws(CurlError) {
        guard code == CURLE_OK else { throw CurlError(unsafe String(cString: curl_easy_strerror(code))) }
    }
}

/// The bytes that libcurl has received for one request.
final class CurlOutput {
    var bytes: [UInt8] = []
    /// Whether the head of an answer is one, however long the body is.
    var keepsHead = false

    /// More than nginx sends of its own.
    private static let limit = 1 << 16

    /// The callback of libcurl for each part; another number than that of the bytes ends the transfer.
    static let writer: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
        data,
        size,
        count,
        context in
        guard let data = unsafe data, let context = unsafe context else { return 0 }
        let output = unsafe Unmanaged<CurlOutput>.fromOpaque(context).takeUnretainedValue()
        guard output.bytes.count + size * count <= limit else { return 0 }
        unsafe output.bytes.append(contentsOf: UnsafeRawBufferPointer(start: data, count: size * count))
        return size * count
    }
}
