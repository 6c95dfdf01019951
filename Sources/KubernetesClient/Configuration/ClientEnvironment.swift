import Curl
import FoundationEssentials

/// The parts of the environment that decide how an API server is reached.
package struct ClientEnvironment: Sendable, Hashable {
    package var variables: [String: String]
    package var home: String?
    /// Where a Pod finds its credentials.
    package var serviceAccountFolder: String

    package init(
        variables: [String: String],
        home: String? = nil,
        serviceAccountFolder: String = "/var/run/secrets/kubernetes.io/serviceaccount"
    ) {
        self.variables = variables
        self.home = home
        self.serviceAccountFolder = serviceAccountFolder
    }

    package static var process: ClientEnvironment {
        let variables = ProcessInfo.processInfo.environment
        return ClientEnvironment(variables: variables, home: variables["HOME"])
    }

    /// A variable that is set and not empty, the first of several.
    func variable(_ names: String...) -> String? {
        for name in names {
            if let value = variables[name], !value.isEmpty { return value }
        }
        return nil
    }

    /// The proxy that the environment names for an address; this machine itself is always reached without.
    func proxy(for server: String) -> TransferRequest.Proxy? {
        let isSecure = server.hasPrefix("https:")
        let url = isSecure ? variable("HTTPS_PROXY", "https_proxy") : variable("HTTP_PROXY", "http_proxy")
        guard let url else { return nil }
        let exceptions = [variable("NO_PROXY", "no_proxy"), "localhost,127.0.0.0/8,::1"].compactMap(\.self)
        return TransferRequest.Proxy(url: url, exceptions: exceptions.joined(separator: ","))
    }
}
