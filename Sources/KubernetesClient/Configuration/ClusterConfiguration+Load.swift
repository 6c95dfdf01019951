import Curl
import Diagnostics
import FoundationEssentials

extension ClusterConfiguration {
    /// Finds out which API server is meant, and how to be known to it.
    ///
    /// In this order: the files that are named, here or in `KUBECONFIG`; the address `server` alone, without
    /// credentials; the cluster that the program runs in as a Pod; `~/.kube/config`.
    ///
    /// - Parameters:
    ///   - kubeconfig: A file that must be there; the files of `KUBECONFIG` need not all be.
    ///   - context: A context of the kubeconfig in the place of its current one.
    ///   - server: An address in the place of the one that is found.
    package static func load(
        kubeconfig: String? = nil,
        context: String? = nil,
        server: String? = nil,
        environment: ClientEnvironment = .process
    ) throws(ConfigurationError) -> ClusterConfiguration {
        if let server, !isServer(server) { throw ConfigurationError("--apiserver-host: \(serverRule)") }
        let named = kubeconfig.map { [$0] } ?? environment.variable("KUBECONFIG").map(Self.paths)
        if let named {
            let joined = try Kubeconfig.join(named, mayLack: kubeconfig == nil)
            return try joined.configuration(context: context, server: server, environment: environment)
        }
        if context == nil {
            if let server {
                return ClusterConfiguration(server: server, proxy: environment.proxy(for: server))
            }
            if let inside = try inCluster(environment) { return inside }
        }
        guard let home = environment.home, FileManager.default.fileExists(atPath: "\(home)/.kube/config") else {
            throw ConfigurationError(
                "no API server is known: this is no Pod, and neither --kubeconfig, KUBECONFIG nor ~/.kube/config names one"
            )
        }
        let own = try Kubeconfig.join(["\(home)/.kube/config"], mayLack: false)
        return try own.configuration(context: context, server: server, environment: environment)
    }

    /// The cluster that the program runs in; `nil` where it is no Pod.
    package static func inCluster(
        _ environment: ClientEnvironment = .process
    ) throws(ConfigurationError) -> ClusterConfiguration? {
        guard let host = environment.variable("KUBERNETES_SERVICE_HOST"),
            let port = environment.variable("KUBERNETES_SERVICE_PORT")
        else { return nil }
        let folder = environment.serviceAccountFolder
        for name in ["token", "ca.crt"] where !FileManager.default.isReadableFile(atPath: "\(folder)/\(name)") {
            throw ConfigurationError(
                "the Pod's service account has no \(name): \(folder)/\(name) cannot be read "
                    + "(is automountServiceAccountToken false?)"
            )
        }
        let server = "https://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        let namespace = FileManager.default.contents(atPath: "\(folder)/namespace")
        return ClusterConfiguration(
            server: server,
            trust: .file("\(folder)/ca.crt"),
            proxy: environment.proxy(for: server),
            authorization: .tokenFile("\(folder)/token"),
            namespace: namespace.map { String(decoding: Array($0).trimmed, as: UTF8.self) }
        )
    }

    static let serverRule = "the address of an API server begins with https:// or http://"

    static func isServer(_ text: String) -> Bool {
        guard text.hasPrefix("https://") || text.hasPrefix("http://"), let url = URL(string: text) else { return false }
        return url.host()?.isEmpty == false && url.query() == nil && url.fragment() == nil && url.user() == nil
    }

    private static func paths(_ list: String) -> [String] {
        list.split(separator: ":").map(String.init)
    }
}

extension Kubeconfig {
    /// Reads files, the first of which counts most.
    static func join(_ paths: [String], mayLack: Bool) throws(ConfigurationError) -> Kubeconfig {
        var joined = Kubeconfig()
        var isEmpty = true
        for path in paths {
            guard let bytes = FileManager.default.contents(atPath: path) else {
                if mayLack, !FileManager.default.fileExists(atPath: path) { continue }
                throw ConfigurationError("the kubeconfig \(path.printable) cannot be read")
            }
            isEmpty = false
            try joined.add(Array(bytes), file: path)
        }
        guard !isEmpty else {
            throw ConfigurationError(
                "KUBECONFIG names no file that is there: \(paths.joined(separator: ", ").printable)"
            )
        }
        return joined
    }
}
