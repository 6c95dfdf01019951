/// A module of nginx beside proxy that passes requests on, and has directives like those of proxy.
package enum Gateway: String, Sendable, Hashable, CaseIterable {
    case grpc
    case fastCGI = "fastcgi"

    var prefix: String { "\(rawValue)_" }

    /// The words that a directive of proxy takes and the gateway's refuses.
    fileprivate func unknownWords(of directive: String) -> Set<String> {
        self == .fastCGI && directive == "fastcgi_next_upstream" ? ["http_502", "http_504"] : []
    }
}

extension DirectiveSettings {
    /// The settings of a block whose requests a gateway passes on.
    ///
    /// Those of proxy become the gateway's: `proxy_read_timeout` is `grpc_read_timeout`, unless the gateway has none
    /// such. Those of other gateways are left out.
    ///
    /// - Parameter gateway: `nil` for proxy itself.
    package func passing(by gateway: Gateway?) -> DirectiveSettings {
        guard !isEmpty else { return self }
        guard let gateway else { return leavingOut { $0.gateway != nil } }
        return leavingOut { $0.isOfProxy || $0.gateway != nil && $0.gateway != gateway }
            .adding(counterparts(for: gateway))
    }

    /// The settings of proxy as a gateway has them, but those that are set for the gateway itself.
    package func counterparts(for gateway: Gateway) -> DirectiveSettings {
        var counterparts = DirectiveSettings()
        let known = Set(names)
        for setting in settings where setting.isOfProxy {
            let name = gateway.prefix + setting.name.dropFirst("proxy_".count)
            guard !known.contains(name), let syntax = DirectiveGrammar.directive(named: name, in: Block.context) else {
                continue
            }
            let value = setting.text.dropFirst(setting.name.utf8.count + 1)
            let text = Array("\(name) ".utf8) + Self.words(of: value, without: gateway.unknownWords(of: name))
            counterparts.settings.append(
                PrintedDirective(name: name, text: text, contexts: syntax.contexts, group: setting.group)
            )
        }
        counterparts.settings.sort { $0.name < $1.name }
        return counterparts
    }

    /// The words that count; `off` where none does.
    private static func words(of value: ArraySlice<UInt8>, without unknown: Set<String>) -> [UInt8] {
        guard !unknown.isEmpty else { return Array(value) }
        let words = value.split(separator: UInt8(ascii: " ")).filter {
            !unknown.contains(String(decoding: $0, as: UTF8.self))
        }
        return words.isEmpty ? Array("off".utf8) : Array(words.joined(separator: [UInt8(ascii: " ")]))
    }

    private func leavingOut(_ isLeftOut: (PrintedDirective) -> Bool) -> DirectiveSettings {
        guard settings.contains(where: isLeftOut) else { return self }
        var rest = self
        rest.settings.removeAll(where: isLeftOut)
        return rest
    }
}
