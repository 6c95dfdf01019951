/// One directive of a configuration, as nginx's lexer reads it.
package struct Directive: Sendable, Hashable {
    package var name: String
    /// Without quotes and escapes.
    package var arguments: [String]
    /// The directives between its braces; `nil` for a directive that ends with `;`.
    package var block: [Directive]?
    /// The program in its block, as it is written; `nil` for a directive that is none of Lua's.
    package var code: String?
    /// Where its name stands, 1-based.
    package var line: Int

    package init(_ name: String, _ arguments: [String] = [], block: [Directive]? = nil, line: Int = 0) {
        self.name = name
        self.arguments = arguments
        self.block = block
        self.line = line
    }
}
