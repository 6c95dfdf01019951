/// Curves of key exchange, which nginx hands on to OpenSSL.
package enum CurveList {
    /// Whether OpenSSL knows all of them.
    package static func isUsable(_ text: String) -> Bool {
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        guard let context = try? TLSContext(securityLevel: 0) else { return false }
        return context.takes(curves: text)
    }
}
