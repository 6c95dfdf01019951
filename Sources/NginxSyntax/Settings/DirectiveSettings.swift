/// The directives that a block sets, each by one typed value, in the order of their names.
package struct DirectiveSettings<Block: SettingsBlock>: Sendable, Hashable {
    var settings: [PrintedDirective] = []

    package init() {}

    /// The same directives for another block.
    ///
    /// - Precondition: Each may stand there as well.
    package init<Other>(_ other: DirectiveSettings<Other>) {
        for setting in other.settings {
            precondition(setting.contexts.contains(Block.context), "'\(setting.name)' in \(Block.context)")
        }
        settings = other.settings
    }

    package var isEmpty: Bool { settings.isEmpty }
    /// The names of the directives that are set.
    package var names: [String] { settings.map { $0.name } }

    /// Sets a directive, in place of what it was set to before.
    ///
    /// - Parameter group: Names directives that nginx checks against each other: a block that sets one of them anew sets
    ///   all of them anew.
    /// - Precondition: The directive may stand in the block.
    package mutating func set<Value>(_ directive: SettingDirective<Value>, to value: Value, group: String? = nil) {
        precondition(directive.contexts.contains(Block.context), "'\(directive.name)' in \(Block.context)")
        var text = Array(directive.name.utf8) + [UInt8(ascii: " ")]
        value.write(to: &text)
        let setting = PrintedDirective(
            name: directive.name,
            text: text,
            contexts: directive.contexts,
            group: group ?? directive.name
        )
        let index = settings.firstIndex { $0.name >= directive.name } ?? settings.count
        if index < settings.count, settings[index].name == directive.name {
            settings[index] = setting
        } else {
            settings.insert(setting, at: index)
        }
    }

    /// The directives of both; those of `other` count where both set one.
    package func adding(_ other: DirectiveSettings) -> DirectiveSettings {
        guard !other.isEmpty else { return self }
        var sum = DirectiveSettings()
        sum.settings.reserveCapacity(settings.count + other.settings.count)
        var index = 0
        for setting in other.settings {
            while index < settings.count, settings[index].name < setting.name {
                sum.settings.append(settings[index])
                index += 1
            }
            if index < settings.count, settings[index].name == setting.name { index += 1 }
            sum.settings.append(setting)
        }
        sum.settings += settings[index...]
        return sum
    }

    /// The directives but for those of some names.
    package func without(_ names: Set<String>) -> DirectiveSettings {
        var rest = self
        rest.settings.removeAll { names.contains($0.name) }
        return rest
    }

    /// Sets a directive to what other settings of such a block set it to; returns whether that is something else.
    package mutating func take(_ name: String, from other: DirectiveSettings) -> Bool {
        guard let new = other.settings.first(where: { $0.name == name }), !settings.contains(new) else { return false }
        settings.removeAll { $0.name == name }
        settings.append(new)
        settings.sort { $0.name < $1.name }
        return true
    }

    /// The printed value of a directive.
    package func value(of name: String) -> String? {
        settings.first { $0.name == name }.map {
            String(decoding: $0.text.dropFirst(name.utf8.count + 1), as: UTF8.self)
        }
    }

    /// Leaves out what an outer block sets to the same.
    package func differing<Outer>(from outer: DirectiveSettings<Outer>) -> DirectiveSettings {
        guard !isEmpty else { return self }
        // A few, which are found sooner in a list than in a set.
        var changed: [String] = []
        var index = 0
        for setting in settings {
            while index < outer.settings.count, outer.settings[index].name < setting.name { index += 1 }
            let isInherited = index < outer.settings.count && outer.settings[index].text == setting.text
            if !isInherited, changed.last != setting.group { changed.append(setting.group) }
        }
        var differing = self
        differing.settings.removeAll { !changed.contains($0.group) }
        return differing
    }

    /// Calls `body` with each directive as it is printed, without the semicolon.
    package func forEachText(_ body: ([UInt8]) -> Void) {
        for setting in settings { body(setting.text) }
    }
}

/// One directive as it is printed, without the semicolon: `proxy_read_timeout 60s`.
struct PrintedDirective: Sendable, Hashable {
    let name: String
    let text: [UInt8]
    let contexts: Set<DirectiveContext>
    /// The name of the group of directives that it is inherited with.
    let group: String
    /// Whether it is one of the module proxy.
    let isOfProxy: Bool
    /// The gateway that it is a directive of; `nil` for those of proxy and of all else.
    let gateway: Gateway?

    init(name: String, text: [UInt8], contexts: Set<DirectiveContext>, group: String) {
        (self.name, self.text, self.contexts, self.group) = (name, text, contexts, group)
        isOfProxy = name.hasPrefix("proxy_")
        gateway = Gateway.allCases.first { name.hasPrefix($0.prefix) }
    }
}

extension DirectiveSettings: CustomStringConvertible {
    /// The directives as they are printed, in the order of their names.
    package var description: String {
        settings.map { String(decoding: $0.text, as: UTF8.self) }.joined(separator: "; ")
    }
}
