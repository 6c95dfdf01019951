package import NginxSyntax

/// A variable whose text depends on that of others, for all of http.
package struct VariableMap: Sendable, Hashable {
    package var variable: VariableName
    package var source: Expression
    /// No key twice.
    package var entries: [Entry]
    /// Whether it is evaluated anew wherever it is named.
    package var isVolatile: Bool

    package struct Entry: Sendable, Hashable {
        package var key: MapKey
        package var value: Expression

        package init(_ key: MapKey, _ value: Expression) { (self.key, self.value) = (key, value) }
    }

    package init(_ variable: VariableName, of source: Expression, _ entries: [Entry], isVolatile: Bool = false) {
        (self.variable, self.source, self.entries, self.isVolatile) = (variable, source, entries, isVolatile)
    }
}
