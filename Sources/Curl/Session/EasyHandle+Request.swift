import CCurlShim
import Diagnostics

extension EasyHandle {
    /// Takes on all that a request is.
    mutating func prepare(_ request: TransferRequest) throws(TransferError) {
        try setConnection(isOverTLS: request.url.hasPrefix("https:"))
        try setAddress(request)
        try set(CURLOPT_CUSTOMREQUEST, request.method, as: "the method")
        if let body = request.body { try setBody(body) }
        try set(CURLOPT_CONNECTTIMEOUT_MS, request.limits.connect)
        try set(CURLOPT_TIMEOUT_MS, request.limits.total)
        // Empty means none, whatever the environment says.
        try set(CURLOPT_PROXY, request.proxy?.url ?? "", as: "the proxy")
        try set(CURLOPT_NOPROXY, request.proxy?.exceptions ?? "", as: "the proxy's exceptions")
        try setTrust(request.security.trust)
        if let identity = request.security.identity { try setIdentity(identity) }
    }

    /// Sets the URL and the headers.
    ///
    /// libcurl checks a certificate against the URL's host. So where it must be for another name, the URL has that
    /// name, and leads to the host all the same.
    private mutating func setAddress(_ request: TransferRequest) throws(TransferError) {
        guard let name = request.security.serverName, let url = URLParts(request.url) else {
            try set(CURLOPT_URL, request.url, as: "the URL")
            try setHeaders(request.headers)
            return
        }
        try set(CURLOPT_URL, "\(url.scheme)://\(name):\(url.port)\(url.target)", as: "the URL")
        try setDestination("\(name):\(url.port):\(url.host):\(url.port)")
        try setHeaders(request.headers + [.init("Host", "\(url.host):\(url.port)")])
    }

    private func setConnection(isOverTLS: Bool) throws(TransferError) {
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        // To wait for a connection that is being made, in case that it can carry this request too. One without TLS never
        // can, and libcurl says so to those who wait only when a request on it ends: after minutes, where it is a watch.
        try set(CURLOPT_PIPEWAIT, isOverTLS ? 1 : 0)
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        // A proxy is to see none of them.
        try set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_TCP_KEEPIDLE, 15)
        try set(CURLOPT_TCP_KEEPINTVL, 10)
        try unsafe check(postern_curl_set_unacknowledged_timeout(raw, 30_000), "the connection")
    }

    private func setTrust(_ trust: TransportSecurity.Trust) throws(TransferError) {
        switch trust {
        case .system: break
        case .file(let path): try set(CURLOPT_CAINFO, path, as: "the file of authorities")
        case .certificates(let bytes): try set(CURLOPT_CAINFO_BLOB, bytes, as: "the authorities")
        case .anyone:
            try set(CURLOPT_SSL_VERIFYPEER, 0)
            try set(CURLOPT_SSL_VERIFYHOST, 0)
        }
    }

    private func setIdentity(_ identity: TransportSecurity.Identity) throws(TransferError) {
        // Else OpenSSL would ask on the terminal for the password of a key that has one.
        try set(CURLOPT_KEYPASSWD, "", as: "the client's key")
        switch identity.certificate {
        case .file(let path): try set(CURLOPT_SSLCERT, path, as: "the client's certificate")
        case .bytes(let secret): try set(CURLOPT_SSLCERT_BLOB, secret.bytes, as: "the client's certificate")
        }
        switch identity.key {
        case .file(let path): try set(CURLOPT_SSLKEY, path, as: "the client's key")
        case .bytes(let secret): try set(CURLOPT_SSLKEY_BLOB, secret.bytes, as: "the client's key")
        }
    }
}
