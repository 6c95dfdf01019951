/// A module of nginx beside proxy that passes requests on, and has directives like those of proxy.
package enum Gateway: String, Sendable, Hashable, CaseIterable {
    case grpc
    case fastCGI = "fastcgi"

    fileprivate var prefix: String { "\(rawValue)_" }

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
        guard let gateway else { return leavingOut(Gateway.allCases.map(\.prefix)) }
        let others = Gateway.allCases.filter { $0 != gateway }.map(\.prefix) + [Self.proxy]
        return leavingOut(others).adding(counterparts(for: gateway))
    }

    /// The settings of proxy as a gateway has them, but those that are set for the gateway itself.
    package func counterparts(for gateway: Gateway) -> DirectiveSettings {
        var counterparts = DirectiveSettings()
        let known = Set(names)
        for setting in settings where setting.name.hasPrefix(Self.proxy) {
            let name = gateway.prefix + setting.name.dropFirst(Self.proxy.count)
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

    private static var proxy: String { "proxy_" }

    private func leavingOut(_ prefixes: [String]) -> DirectiveSettings {
        guard settings.contains(where: { setting in prefixes.contains { setting.name.hasPrefix($0) } }) else {
            return self
        }
        var rest = self
        rest.settings.removeAll { setting in prefixes.contains { setting.name.hasPrefix($0) } }
        return rest
    }
}
