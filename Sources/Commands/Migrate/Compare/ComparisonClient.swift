import Curl
import NginxControl
import NginxSyntax
import ProxyConfiguration

/// Sends requests to one controller, one after another over connections that it keeps.
actor ComparisonClient {
    private let thread = ThreadExecutor("postern.compare")
    private let handle: CurlHandle
    private let address: ComparedAddress
    private let timeout: Duration
    private let headers: [String]
    private let comparesBodies: Bool
    /// The last one of each name: requests on an open connection bring none.
    private var certificates: [String: String] = [:]

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// The headers by which proxies change what a client does.
    private static let usualHeaders = [
        "access-control-allow-credentials", "access-control-allow-headers", "access-control-allow-methods",
        "access-control-allow-origin", "content-type", "location", "strict-transport-security", "www-authenticate",
    ]

    init(_ address: ComparedAddress, _ options: CompareOptions) throws {
        handle = try CurlHandle()
        self.address = address
        timeout = options.timeout.duration
        headers = Self.usualHeaders + options.headers.map { $0.lowercased() }
        comparesBodies = options.comparesBodies
    }

    func answer(to probe: Probe) -> ComparedAnswer {
        let request = probe.request
        guard let connection = address.connections[request.scheme] else {
            return ComparedAnswer(failure: CurlError("\(address.text) is not asked by \(request.scheme.rawValue)"))
        }
        do throws(CurlError) {
            let response = try handle.send(
                RawRequest(
                    url: "\(request.scheme.rawValue)://\(probe.serverName)/",
                    method: request.method,
                    target: request.target,
                    host: request.host,
                    headers: request.headers,
                    timeout: timeout
                ),
                connectingTo: connection
            )
            if let certificate = response.certificate { certificates[probe.serverName] = certificate }
            let certificate = request.scheme == .https ? certificates[probe.serverName] : nil
            return ComparedAnswer(response, certificate: certificate, headers: headers, body: comparesBodies)
        } catch {
            return ComparedAnswer(failure: error)
        }
    }
}
