import CCurlShim
import Diagnostics

/// A libcurl easy handle with the headers that it sends, freed when it goes out of scope.
@safe
struct EasyHandle: ~Copyable {
    let raw: UnsafeMutableRawPointer
    private var headers: UnsafeMutablePointer<curl_slist>?
    private var destination: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>

    init() throws(TransferError) {
        guard CurlHandle.isReady, let raw = unsafe curl_easy_init() else { throw .unusable("libcurl cannot be set up") }
        unsafe self.raw = raw
        unsafe headers = nil
        unsafe destination = nil
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        // Who cannot take it tells what the code says.
        _ = unsafe postern_curl_set_error_buffer(raw, errorText)
    }

    deinit {
        unsafe curl_easy_cleanup(raw)
        unsafe curl_slist_free_all(headers)
        unsafe curl_slist_free_all(destination)
        unsafe errorText.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) throws(TransferError) {
        try unsafe check(postern_curl_set_long(raw, option, value), "the request")
    }

    func set(_ option: CURLoption, _ value: Duration) throws(TransferError) {
        try set(option, max(1, Int(value / .milliseconds(1))))
    }

    func set(_ option: CURLoption, _ value: String, as what: String) throws(TransferError) {
        guard !value.utf8.contains(0) else { throw .unusable("\(what) holds a zero byte") }
        try unsafe check(postern_curl_set_string(raw, option, value), what)
    }

    func set(_ option: CURLoption, _ bytes: [UInt8], as what: String) throws(TransferError) {
        let code = unsafe bytes.withUnsafeBytes { bytes in
            unsafe postern_curl_set_bytes(raw, option, bytes.baseAddress, bytes.count)
        }
        try check(code, what)
    }

    /// Sets the headers; a value may not end its line, behind which others could stand.
    mutating func setHeaders(_ list: [TransferRequest.Header]) throws(TransferError) {
        for header in list {
            var line = Array("\(header.name): ".utf8) + header.value.bytes
            guard !line.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
                throw .unusable("the header \(header.name) holds a control character")
            }
            line.append(0)
            let longer = unsafe line.withUnsafeBytes { bytes in
                unsafe curl_slist_append(headers, bytes.baseAddress?.assumingMemoryBound(to: CChar.self))
            }
            guard let longer = unsafe longer else { throw .unusable("out of memory") }
            unsafe headers = longer
        }
        try unsafe check(postern_curl_set_list(raw, CURLOPT_HTTPHEADER, headers), "the headers")
    }

    /// Leads requests elsewhere than their URL says, as in `HOST:PORT:HOST:PORT`.
    mutating func setDestination(_ text: String) throws(TransferError) {
        guard let list = unsafe curl_slist_append(nil, text) else { throw .unusable("out of memory") }
        unsafe destination = list
        try unsafe check(postern_curl_set_list(raw, CURLOPT_CONNECT_TO, list), "the address")
    }

    func setBody(_ body: [UInt8]) throws(TransferError) {
        try set(CURLOPT_POSTFIELDSIZE, body.count)
        // What is copied has the size that was set before.
        let code = unsafe body.withUnsafeBytes { bytes in
            let text = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return unsafe postern_curl_set_string(raw, CURLOPT_COPYPOSTFIELDS, text)
        }
        try check(code, "the body")
    }

    func long(_ info: CURLINFO) -> Int {
        var value = 0
        unsafe postern_curl_get_long(raw, info, &value)
        return value
    }

    func offset(_ info: CURLINFO) -> Int {
        var value = 0
        unsafe postern_curl_get_offset(raw, info, &value)
        return value
    }

    /// The message of libcurl about an error, as exact as possible.
    func text(of code: CURLcode) -> String {
        let text = unsafe String(cString: errorText)
        return text.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : text
    }

    func check(_ code: CURLcode, _ what: String) throws(TransferError) {
        guard code != CURLE_OK else { return }
        throw .unusable("\(what) cannot be used: \(unsafe String(cString: curl_easy_strerror(code)))")
    }
}
