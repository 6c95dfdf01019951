package import NginxSyntax

/// The name by which nginx looks up the endpoints of an upstream that listen on one port.
///
/// `8080.80.web.shop.endpoints.postern.internal`: the endpoints' port, then that of the Service, and the Service. What
/// nginx does not ask for by DNS, the port, stands in the configuration.
package struct EndpointGroup: Sendable, Hashable {
    package let host: HostName
    package let port: PortNumber

    /// The zone that all names are in; [nobody else](https://datatracker.ietf.org/doc/draft-davies-internal-tld/) has it.
    package static let zone = "endpoints.postern.internal"

    /// Takes the name of an upstream apart, `9x2kq7_shop_web_80` with perhaps a hash of its policy behind it.
    ///
    /// Returns `nil` where its parts are no labels of DNS.
    package init?(ofUpstream upstream: Identifier, port: PortNumber) {
        let parts = upstream.value.split(separator: "_", omittingEmptySubsequences: false)
        guard (4...5).contains(parts.count) else { return nil }
        // The parts of a name have no dots in them, so that no two lists of parts come to one name.
        let labels = ["\(port)"] + parts.dropFirst().reversed().map(String.init)
        guard !labels.contains(where: { $0.contains(".") }),
            let host = HostName("\(labels.joined(separator: ".")).\(Self.zone)")
        else { return nil }
        self.host = host
        self.port = port
    }

    /// Reads a name as it stands in a configuration, with its port behind a colon.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let host = HostName(parts[0]), host.value.hasSuffix(".\(Self.zone)"),
            let port = Int(parts[1]).flatMap({ PortNumber($0) })
        else { return nil }
        self.host = host
        self.port = port
    }
}

extension EndpointGroup: DirectiveArgument {
    package static var kind: ArgumentKind { .socketAddress }

    package func write(to output: inout [UInt8]) {
        host.write(to: &output)
        output.append(UInt8(ascii: ":"))
        port.write(to: &output)
    }
}

extension EndpointGroup: Comparable, CustomStringConvertible {
    package var description: String { "\(host):\(port)" }

    package static func < (left: Self, right: Self) -> Bool { left.host < right.host }
}
