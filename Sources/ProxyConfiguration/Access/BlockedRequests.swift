package import NginxSyntax

/// Requests that are answered with 403 whatever they ask for, before anything else is looked at.
package struct BlockedRequests: Sendable, Hashable {
    /// Where clients come from.
    package var networks: [CIDRBlock]
    package var userAgents: [HeaderPattern]
    package var referers: [HeaderPattern]

    package init(networks: [CIDRBlock] = [], userAgents: [HeaderPattern] = [], referers: [HeaderPattern] = []) {
        (self.networks, self.userAgents, self.referers) = (networks, userAgents, referers)
    }

    package func contain(_ request: Request) -> Bool {
        if let client = request.client, networks.contains(where: { $0.contains(client) }) { return true }
        return userAgents.contains { $0.matches(request.headers["user-agent"] ?? "") }
            || referers.contains { $0.matches(request.headers["referer"] ?? "") }
    }
}

/// A value of a header, or many of them.
package enum HeaderPattern: Sendable, Hashable {
    /// This value, whatever the case of its letters.
    case text(Text)
    /// Every value that holds a match.
    case expression(RegularExpression, ignoresCase: Bool)

    /// An expression for which PCRE2 gives up matches nothing, as nginx has it.
    package func matches(_ value: String) -> Bool {
        switch self {
        case .text(let text): text.value.lowercasedASCII == value.lowercasedASCII
        case .expression(let expression, let ignoresCase):
            expression.firstMatch(in: Array(value.utf8), ignoringCase: ignoresCase) != nil
        }
    }
}

extension String {
    /// The bytes, those of letters as nginx compares them.
    fileprivate var lowercasedASCII: [UInt8] {
        utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }
}
