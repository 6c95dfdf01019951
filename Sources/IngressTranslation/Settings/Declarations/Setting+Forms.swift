import NginxSyntax

extension Setting {
    /// A setting that is one directive of nginx with one value.
    ///
    /// The default is what `http` says; a location says only what differs from it.
    static func directive<Value: DirectiveArgument>(
        _ name: String,
        _ parser: ValueParser<Value>,
        default defaultValue: String,
        sets directive: String,
        from places: SettingPlaces = .everywhere,
        _ effect: String
    ) -> Setting {
        .directive(
            name,
            parser,
            default: defaultValue,
            sets: directive,
            in: \.directives,
            scope: .location,
            places,
            effect
        )
    }

    /// A setting of all of nginx that is one directive of `http` with one value.
    static func httpDirective<Value: DirectiveArgument>(
        _ name: String,
        _ parser: ValueParser<Value>,
        default defaultValue: String?,
        sets directive: String,
        _ effect: String
    ) -> Setting {
        .directive(
            name,
            parser,
            default: defaultValue,
            sets: directive,
            in: \.httpDirectives,
            scope: .http,
            .global,
            effect
        )
    }

    /// A setting of nginx's processes that is one directive outside of `http`.
    static func processDirective<Value: DirectiveArgument, Block>(
        _ name: String,
        _ parser: ValueParser<Value>,
        default defaultValue: String?,
        sets directive: String,
        in block: any WritableKeyPath<SettingValues, DirectiveSettings<Block>> & Sendable,
        _ effect: String
    ) -> Setting {
        .directive(name, parser, default: defaultValue, sets: directive, in: block, scope: .http, .global, effect)
    }

    private static func directive<Value: DirectiveArgument, Block>(
        _ name: String,
        _ parser: ValueParser<Value>,
        default defaultValue: String?,
        sets directive: String,
        in block: any WritableKeyPath<SettingValues, DirectiveSettings<Block>> & Sendable,
        scope: Scope,
        _ places: SettingPlaces,
        _ effect: String
    ) -> Setting {
        let directive = SettingDirective<Value>(directive)
        return Setting(
            name,
            (parser.type, parser.examples),
            default: defaultValue,
            scope: scope,
            from: places,
            effect,
            SettingField(
                read: { text, values throws(ValueError) in
                    values[keyPath: block].set(directive, to: try parser.parse(text))
                },
                take: { other, values in values[keyPath: block].take(directive.name, from: other[keyPath: block]) },
                ifInvalid: .usesDefault,
                directive: DirectiveGrammar.directive(named: directive.name),
                substitute: {
                    "the default, \($0[keyPath: block].value(of: directive.name) ?? "nginx's own"), is used"
                }
            )
        )
    }

    /// A setting whose value is kept for what is made of it.
    static func value<Value: Sendable & Equatable>(
        _ name: String,
        _ parser: ValueParser<Value>,
        _ path: any WritableKeyPath<SettingValues, Value> & Sendable,
        default defaultValue: String?,
        scope: Scope,
        needs need: Need = .anything,
        from places: SettingPlaces,
        ifInvalid: InvalidValue = .usesDefault,
        _ effect: String
    ) -> Setting {
        Setting(
            name,
            (parser.type, parser.examples),
            default: defaultValue,
            scope: scope,
            needs: need,
            from: places,
            effect,
            SettingField(
                read: { text, values throws(ValueError) in values[keyPath: path] = try parser.parse(text) },
                leftOut: parser.leftOut,
                take: { other, values in values.take(path, from: other) },
                ifInvalid: ifInvalid,
                substitute: { values in
                    let text = parser.write(values[keyPath: path])
                    return "the default, \(text.isEmpty ? "none" : text), is used"
                }
            )
        )
    }

    /// A setting that has no value unless one is set.
    static func value<Value: Sendable & Equatable>(
        _ name: String,
        _ parser: ValueParser<Value>,
        _ path: any WritableKeyPath<SettingValues, Value?> & Sendable,
        scope: Scope,
        needs need: Need = .anything,
        from places: SettingPlaces,
        ifInvalid: InvalidValue,
        _ effect: String
    ) -> Setting {
        Setting(
            name,
            (parser.type, parser.examples),
            default: nil,
            scope: scope,
            needs: need,
            from: places,
            effect,
            SettingField(
                read: { text, values throws(ValueError) in values[keyPath: path] = try parser.parse(text) },
                leftOut: parser.leftOut,
                take: { other, values in values.take(path, from: other) },
                ifInvalid: ifInvalid,
                substitute: { values in values[keyPath: path].map { "\(parser.write($0)) is used" } ?? "none is used" }
            )
        )
    }

    /// A setting of ingress-nginx that has no effect here.
    ///
    /// - Parameters:
    ///   - guards: How its value may restrict access: what it is set for is closed where it does.
    ///   - idle: The value that asks for nothing.
    static func unsupported(
        _ name: String,
        because reason: UnsupportedSetting.Reason = .notRead,
        from places: SettingPlaces,
        scope: Scope? = nil,
        guards: GuardRule? = nil,
        concernsHost: Bool = false,
        idle: String? = nil,
        unless isOff: @escaping @Sendable (UnsupportedSetting.Annotations) -> Bool = { _ in false },
        _ effect: String
    ) -> Setting {
        Setting(
            name: name,
            places: places,
            type: "",
            examples: [],
            defaultValue: nil,
            scope: scope ?? (concernsHost ? .server : places == .global ? .http : .location),
            need: .anything,
            effect: effect,
            handling: .unsupported(
                UnsupportedSetting(
                    reason: reason,
                    guards: guards,
                    concernsHost: concernsHost,
                    idleValue: idle,
                    isOff: isOff
                )
            ),
            comparison: reason.need.map(Comparison.missing)
        )
    }

    private init(
        _ name: String,
        _ value: (type: String, examples: [String]),
        default defaultValue: String?,
        scope: Scope,
        needs need: Need = .anything,
        from places: SettingPlaces,
        _ effect: String,
        _ field: SettingField
    ) {
        self.init(
            name: name,
            places: places,
            type: value.type,
            examples: value.examples,
            defaultValue: defaultValue,
            scope: scope,
            need: need,
            effect: effect,
            handling: .read(field)
        )
    }
}

extension SettingValues {
    fileprivate mutating func take<Value: Equatable>(
        _ path: WritableKeyPath<SettingValues, Value>,
        from other: SettingValues
    ) -> Bool {
        guard self[keyPath: path] != other[keyPath: path] else { return false }
        self[keyPath: path] = other[keyPath: path]
        return true
    }
}
