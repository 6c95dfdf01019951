import NginxSyntax

extension Setting {
    /// The same setting, which an empty annotation does not turn off.
    var guardingWhereEmpty: Setting { changing { $0.readsEmpty = true } }

    /// The same setting, which only some objects may set; in others it is as good as one that is not read.
    ///
    /// - Parameters:
    ///   - guards: How its value may restrict access there; `nil` for one that restricts nobody.
    ///   - isOff: Whether the annotations of an Ingress turn the setting off there.
    func gated(
        because reason: UnsupportedSetting.Reason,
        guards: GuardRule?,
        concernsHost: Bool = false,
        unless isOff: @escaping @Sendable (UnsupportedSetting.Annotations) -> Bool = { _ in false },
        _ isOpen: @escaping @Sendable (SettingSource, SettingValues) -> Bool
    ) -> Setting {
        let closed = UnsupportedSetting(
            reason: reason,
            guards: guards,
            concernsHost: concernsHost,
            idleValue: nil,
            isOff: isOff
        )
        return changing { $0.gate = SettingGate(isOpen: isOpen, closed: closed) }
    }

    /// The same setting, which only an nginx with this directive can honour.
    func needing(_ directive: String) -> Setting {
        changing { $0.directive = DirectiveGrammar.directive(named: directive) }
    }

    /// The same setting, where a value is read by what is set already.
    func reading(_ read: @escaping @Sendable (String, inout SettingValues) throws(ValueError) -> Void) -> Setting {
        changing { $0.read = read }
    }

    /// The same setting, whose value is the name of a ConfigMap.
    var namingConfigMap: Setting {
        var setting = self
        setting.namesConfigMap = true
        return setting
    }

    /// The same setting, whose values keep clients away.
    var guardingClients: Setting {
        var setting = self
        setting.keepsClientsAway = true
        return setting
    }

    private func changing(_ change: (inout SettingField) -> Void) -> Setting {
        guard var field else { return self }
        change(&field)
        var setting = self
        setting.handling = .read(field)
        return setting
    }
}
