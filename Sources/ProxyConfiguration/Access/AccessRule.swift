package import NginxSyntax

/// Whether clients of a network are served, where no rule before it is about them.
package struct AccessRule: Sendable, Hashable {
    package var isAllowed: Bool
    package var network: Network

    package init(isAllowed: Bool, _ network: Network) {
        (self.isAllowed, self.network) = (isAllowed, network)
    }

    package enum Network: DirectiveArgument {
        case all
        case block(CIDRBlock)

        package static var kind: ArgumentKind { .cidr }

        package func write(to output: inout [UInt8]) {
            switch self {
            case .all: output.append(contentsOf: "all".utf8)
            case .block(let block): block.write(to: &output)
            }
        }

        func contains(_ client: IPAddress) -> Bool {
            switch self {
            case .all: true
            case .block(let block): block.contains(client)
            }
        }
    }
}
