import Foundation
import NginxSyntax
import ProxyConfiguration

/// The file of the addresses that nginx is answered with, a line for each name.
///
/// The next process answers with them until it knows better: an nginx that it has to start has no other.
struct EndpointFile: Sendable {
    let state: StateFolder

    private var path: String { "\(state.path)/endpoints" }

    /// Reads what an earlier process wrote; lines that make no sense are passed over.
    func read() -> [EndpointGroup: [IPAddress]] {
        guard let data = FileManager.default.contents(atPath: path) else { return [:] }
        var addresses: [EndpointGroup: [IPAddress]] = [:]
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            let known = words.dropFirst().compactMap { IPAddress($0) }
            guard let name = words.first.flatMap(EndpointGroup.init), !known.isEmpty else { continue }
            addresses[name] = known
        }
        return addresses
    }

    func write(_ addresses: [EndpointGroup: [IPAddress]]) throws(StateFolderError) {
        let lines = addresses.sorted { $0.key < $1.key }.map { name, addresses in
            "\(name) \(addresses.map(\.description).joined(separator: " "))\n"
        }
        try state.write(lines.joined(), to: path)
    }
}
