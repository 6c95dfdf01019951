extension StringProtocol {
    /// The text on one line that no terminal takes for a command: what does not print is written as `\u{…}`.
    package var printable: String {
        unicodeScalars.map(\.printable).joined()
    }
}

extension Unicode.Scalar {
    fileprivate var printable: String {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse:
            "\\u{\(String(value, radix: 16))}"
        default: String(self)
        }
    }
}
