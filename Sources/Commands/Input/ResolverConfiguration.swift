import Foundation
import NginxSyntax

/// The DNS servers that the machine itself asks, from `resolv.conf(5)`.
enum ResolverConfiguration {
    static func nameServers(in file: String = "/etc/resolv.conf") -> [SocketAddress] {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return [] }
        return nameServers(text: text)
    }

    static func nameServers(text: String) -> [SocketAddress] {
        guard let port = PortNumber(53) else { return [] }
        return text.split(whereSeparator: \.isNewline).compactMap { line in
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count >= 2, words[0] == "nameserver" else { return nil }
            // nginx takes no zone (`fe80::1%eth0`), and the parser refuses it with every other non-address.
            return IPAddress(String(words[1])).map { .internet($0, port) }
        }
    }
}
