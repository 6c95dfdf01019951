import Foundation

/// A fixture's nginx.conf with what an ordinary user's machine may lack replaced, and nothing else.
struct MachineText {
    let text: String

    init(_ configuration: String) {
        text = configuration.split(separator: "\n", omittingEmptySubsequences: false).compactMap(Self.line).joined(
            separator: "\n"
        )
    }

    private static func line(_ line: Substring) -> String? {
        // Nor does every machine have the folder of a controller's sockets.
        if let start = line.firstRange(of: "unix:/run/postern/") {
            return line[..<start.lowerBound] + "unix:/tmp/postern-" + line[start.upperBound...]
        }
        // Low ports are for root, and not every machine has IPv6.
        if let start = line.firstRange(of: "listen [::]:") {
            guard hasIPv6 else { return nil }
            return line[..<start.lowerBound] + "listen [::1]:1" + padded(line[start.upperBound...])
        }
        if let start = line.firstRange(of: "    listen ") {
            let rest = line[start.upperBound...]
            // An address of this machine stays.
            let host = rest.prefix { $0.isNumber || $0 == "." }
            let port = rest[host.endIndex...].first == ":" ? rest[host.endIndex...].dropFirst() : rest
            let address = port.startIndex == rest.startIndex ? "127.0.0.1" : host
            return line[..<start.lowerBound] + "    listen \(address):1" + padded(port)
        }
        // Folders of the distribution's package may be missing, or another's.
        if let start = line.firstRange(of: "access_log /var/log/nginx/") {
            return line[..<start.lowerBound] + "access_log " + line[start.upperBound...]
        }
        if let start = line.firstRange(of: "proxy_cache_path /var/cache/nginx/") {
            return line[..<start.lowerBound] + "proxy_cache_path " + line[start.upperBound...]
        }
        guard line == "http {" else { return String(line) }
        let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "    \($0)_temp_path \($0);\n" }
        return "http {\n" + folders.joined()
    }

    /// `80 default_server;` becomes `0080 default_server;`, to stand behind a 1.
    private static func padded(_ rest: Substring) -> String {
        let digits = rest.prefix(while: \.isNumber)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + rest
    }

    private static let hasIPv6 = {
        let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_addr = in6addr_loopback
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 0
            }
        }
    }()
}
