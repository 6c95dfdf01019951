import NginxSyntax

extension DirectiveContext {
    /// As messages name it.
    var description: String {
        switch self {
        case .main: "the file outside of all blocks"
        case .ifInServer: "'if' in 'server'"
        case .ifInLocation: "'if' in 'location'"
        case .limitExcept: "'limit_except'"
        case .splitClients: "'split_clients'"
        case .streamServer: "'server' of 'stream'"
        case .streamUpstream: "'upstream' of 'stream'"
        case .events, .http, .server, .location, .upstream, .map, .geo, .types, .geoip2, .otelExporter, .stream:
            "'\(rawValue)'"
        }
    }
}

extension DirectiveContext {
    var isOfStream: Bool {
        switch self {
        case .stream, .streamServer, .streamUpstream: true
        default: false
        }
    }
}

extension ArgumentPlace {
    /// Why values of a type can't stand here, and what can.
    func refusal(of type: ArgumentType, named hole: String, by name: String) -> String {
        switch self {
        case .evaluated where type.kind == .text:
            "\(name) evaluates variables here, and the text '\(hole)' may hold '$': give an expression"
        case .evaluated:
            "\(name) evaluates variables here, and takes an expression; '\(hole)' is \(type.description)"
        case .literal where type.kind == .expression:
            "\(name) takes this argument as it is, so the variables of '\(hole)' would stay plain text: give a text"
        case .literal:
            "\(name) takes this argument as it is; '\(hole)' is \(type.description)"
        case .regularExpression:
            "\(name) takes a pattern here, and '\(hole)' is \(type.description): give a regular expression"
        case .locationMatch:
            "\(name) reads modifiers such as '~' here, and '\(hole)' is \(type.description): give a location match"
        case .serverName:
            "\(name) reads patterns and wildcards here, and '\(hole)' is \(type.description): give a server name"
        case .mapKey:
            "\(name) may be a pattern, and '\(hole)' is \(type.description): give a map key"
        case .parameter:
            "\(name) takes words of its own here, and '\(hole)' is \(type.description): "
                + "give a number, a size, an address or an identifier"
        }
    }
}

extension ClosedRange<Int> {
    /// For messages: `1 or 2 arguments`.
    var argumentsDescription: String {
        switch (lowerBound, upperBound) {
        case (0, 0): "no arguments"
        case (1, 1): "1 argument"
        case (let low, let high) where low == high: "\(low) arguments"
        case (let low, Int.max): "at least \(low) argument\(low == 1 ? "" : "s")"
        case (0, let high): "at most \(high) argument\(high == 1 ? "" : "s")"
        case (let low, let high) where high == low + 1: "\(low) or \(high) arguments"
        case (let low, let high): "\(low) to \(high) arguments"
        }
    }
}

extension [String] {
    /// For messages: `a, b or c`.
    var formatted: String {
        guard let last, count > 1 else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " or " + last
    }
}
