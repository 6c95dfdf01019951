extension Setting {
    /// How a setting compares with that of ingress-nginx, for values that both take.
    package enum Comparison: Sendable, Hashable {
        case identical
        /// The differences, in sentences.
        case different(String)
        /// Nothing comes of it; what that would need, as the end of a sentence.
        case missing(need: String)
    }

    /// The same setting, which does what it does in ingress-nginx.
    var identical: Setting { compared(.identical) }

    /// The same setting, which does something else than in ingress-nginx.
    ///
    /// - Parameter difference: What differs, in sentences.
    func differs(_ difference: String) -> Setting { compared(.different(difference)) }

    /// The same setting, which is not read.
    ///
    /// - Parameter need: What it would need, as the end of a sentence.
    func wouldNeed(_ need: String) -> Setting { compared(.missing(need: need)) }

    private func compared(_ comparison: Comparison) -> Setting {
        var setting = self
        setting.comparison = comparison
        return setting
    }
}
