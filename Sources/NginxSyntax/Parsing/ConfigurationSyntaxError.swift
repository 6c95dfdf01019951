/// Why nginx's lexer would refuse a configuration.
package struct ConfigurationSyntaxError: Error, Hashable, CustomStringConvertible {
    /// In nginx's words.
    package let message: String
    /// The line that nginx names, 1-based.
    package let line: Int

    package var description: String { "\(message) in line \(line)" }
}
