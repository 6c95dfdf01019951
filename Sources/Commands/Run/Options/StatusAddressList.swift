import ArgumentParser
import KubernetesModel
import NginxSyntax

/// A value of `--publish-status-address`.
struct StatusAddressList: ExpressibleByArgument {
    let addresses: [LoadBalancerAddress]

    /// Returns `nil` where a part is neither an IP address nor a host name.
    init?(argument: String) {
        var addresses: [LoadBalancerAddress] = []
        for part in argument.split(separator: ",").map({ $0.trimmingPrefix(while: \.isWhitespace) }) {
            let text = String(part)
            if IPAddress(text) != nil {
                addresses.append(.ip(text))
            } else if let name = HostName(text) {
                addresses.append(.hostname(name.value))
            } else {
                return nil
            }
        }
        guard !addresses.isEmpty else { return nil }
        self.addresses = addresses
    }
}
