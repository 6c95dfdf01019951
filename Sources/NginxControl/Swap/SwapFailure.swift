import Controller

/// Why a swap came to nothing, and what nginx said where it was nginx that refused.
struct SwapFailure: Error {
    var error: DataPlaneError
    /// The refusal, which may be traced to an object.
    var refusal: NginxRefusal?

    init(_ error: DataPlaneError, refusal: NginxRefusal? = nil) {
        self.error = error
        self.refusal = refusal
    }
}
