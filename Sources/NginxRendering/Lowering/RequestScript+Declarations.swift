import NginxSyntax
import ProxyConfiguration

extension RequestScript {
    /// The variables that it sets, which are empty until then, and those in place of backends' headers.
    ///
    /// To be declared once makes nginx's table of variables large enough for them, and has none without a value.
    var declarations: [SharedDeclaration] {
        let own = variables.map(SharedDeclaration.init(emptyAtFirst:))
        let replacing = replacements.map { replacement in
            let entries: [(MapKey, Expression)] = [
                (.fallback, Expression(replacement.text)),
                (.literal(Text(known: "")), Expression(replacement.header.responseVariable)),
            ]
            return SharedDeclaration(
                .map(MapContext(Expression(replacement.text), entries)),
                of: .scripts,
                as: replacement.variable
            )
        }
        let dollar: [SharedDeclaration] = expressions.contains(where: \.usesDollarVariable) ? [.dollar] : []
        return own + replacing + dollar
    }
}

extension ServerAdditions {
    /// The declarations that its parts need.
    var declarations: [SharedDeclaration] {
        let values = requestHeaders.headers.map(\.value) + responseHeaders.added.map(\.value)
        return script.declarations + (values.contains(where: \.usesDollarVariable) ? [.dollar] : [])
    }
}

extension SharedDeclaration {
    /// A variable that is empty until something sets it.
    init(emptyAtFirst name: VariableName) {
        self.init(.map(MapContext(.empty, [(.fallback, .empty)])), of: .scripts, as: name)
    }

    init(_ map: VariableMap) {
        let content = MapContext(map.source, map.entries.map { ($0.key, $0.value) }, isVolatile: map.isVolatile)
        self.init(.map(content), of: .scripts, as: map.variable)
    }
}
