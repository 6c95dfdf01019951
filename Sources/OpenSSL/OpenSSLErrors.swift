import COpenSSL

/// The queue of errors that OpenSSL keeps for each thread.
enum OpenSSLErrors {
    static func clear() { ERR_clear_error() }

    /// Whether there was nothing more to read, which OpenSSL takes for a failure.
    static var isAtEndOfPEM: Bool {
        let code = ERR_peek_last_error()
        return library(of: code) == ERR_LIB_PEM && reason(of: code) == PEM_R_NO_START_LINE
    }

    /// The last failure in OpenSSL's own words, which name no part of the input.
    static var lastReason: String {
        let code = ERR_peek_last_error()
        guard let text = unsafe ERR_reason_error_string(code) else { return "OpenSSL error \(reason(of: code))" }
        return unsafe String(cString: text)
    }

    // These are macros, or inline functions that look at the system's errors as well.
    private static func library(of code: UInt) -> Int32 { Int32(code >> 23 & 0xFF) }
    private static func reason(of code: UInt) -> Int32 { Int32(code & 0x7F_FFFF) }
}

extension ServerIdentity.Refusal {
    /// Returns the latest refusal of OpenSSL.
    static func last(_ part: ServerIdentity.Part) -> Self { Self(part: part, reason: OpenSSLErrors.lastReason) }
}
