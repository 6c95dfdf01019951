import NginxSyntax

extension OptionDefinition {
    /// A setting that is one directive of nginx with one value.
    ///
    /// The default is what `http` says; a location says only what differs from it.
    static func directive<Value: DirectiveArgument>(
        _ name: String,
        _ parser: ValueParser<Value>,
        default defaultValue: String,
        sets directive: String,
        _ effect: String
    ) -> OptionDefinition {
        let directive = SettingDirective<Value>(directive)
        return OptionDefinition(
            name,
            parser,
            default: defaultValue,
            scope: .location,
            effect: effect,
            ifInvalid: { "\($0.directives.value(of: directive.name) ?? "the default") is used" }
        ) { $0.directives.set(directive, to: $1) }
    }
}
