package import Foundation
import TestSupport

/// Sends requests with the real curl to one address, whatever host they name, and follows no redirects.
package struct CurlClient: Sendable {
    /// The authorities that the client trusts.
    package enum Trust: Sendable, Hashable {
        /// Every certificate.
        case everybody
        /// Certificates that one in this PEM file has signed, for the host that was asked for.
        case authority(URL)
    }

    /// The IP address to connect to.
    package var address: String
    /// The port to connect to for `http://` requests; `nil` for the one that the request names.
    package var httpPort: Int?
    /// The port to connect to for `https://` requests; `nil` for the one that the request names.
    package var httpsPort: Int?
    package var trust: Trust
    /// The file in PEM with the certificate that the client shows where it is asked for one, and its key.
    package var certificate: URL?

    package init(address: String, httpPort: Int? = nil, httpsPort: Int? = nil, trust: Trust = .everybody) {
        self.address = address
        self.httpPort = httpPort
        self.httpsPort = httpsPort
        self.trust = trust
    }

    /// Sends a request and waits for the whole answer, for at most two minutes.
    ///
    /// Throws a ``Failure`` if there is none, such as when nobody listens or the certificate is not trusted.
    package func send(_ request: CurlRequest) async throws -> CurlResponse {
        let curl = try Tool("curl")
        return try await TemporaryFolder.use { folder in
            let headers = folder.appending(path: "headers")
            let arguments =
                arguments(for: request) + [
                    "--dump-header", headers.path(percentEncoded: false), "--write-out", "%{stderr}%{certs}",
                ]
            let outcome = try await curl.run(arguments, input: request.body ?? "")
            guard outcome.succeeded else { throw Failure(description: outcome.errors) }
            let head = try CurlResponseHead(String(decoding: Data(contentsOf: headers), as: UTF8.self))
            return CurlResponse(
                status: head.status,
                headers: head.headers,
                // For HEAD curl prints the headers as if they were the body.
                body: request.method == "HEAD" ? [] : outcome.output,
                // With --silent only the certificates are written there.
                certificate: try await ServedCertificate(pem: outcome.errors)
            )
        }
    }

    /// Sends a request given as a line such as `GET http://shop.example/a`; asks echo backends for JSON.
    package func send(_ line: String) async throws -> CurlResponse {
        guard var request = CurlRequest(line) else { throw Failure(description: "'\(line)' is no request") }
        request.headers.append(("Accept", "application/json"))
        return try await send(request)
    }

    /// There was no answer; the description is what curl said.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }
}

extension CurlClient {
    /// The arguments that make curl send the request, without those that print the answer.
    func arguments(for request: CurlRequest) -> [String] {
        // --disable must come first: the user's own settings are not part of the test.
        var arguments = ["--disable", "--silent", "--show-error", "--globoff", "--noproxy", "*", "--max-time", "120"]
        arguments += request.method == "HEAD" ? ["--head"] : ["--request", request.method]
        // An explicit target instead of a URL's path: it is sent to the byte.
        arguments += ["--request-target", request.target]
        arguments += connection(for: request)
        arguments += headers(for: request)
        if request.body != nil { arguments += ["--data-binary", "@-"] }
        return arguments
    }

    private func connection(for request: CurlRequest) -> [String] {
        let isSecure = request.scheme == .https
        let port = (isSecure ? httpsPort : httpPort) ?? request.port ?? (isSecure ? 443 : 80)
        let bracketed = address.contains(":") ? "[\(address)]" : address
        var arguments: [String] = []
        switch request.version {
        case .http10: arguments.append("--http1.0")
        case .http11: arguments.append("--http1.1")
        case .http2: arguments.append(isSecure ? "--http2" : "--http2-prior-knowledge")
        }
        guard isSecure else { return arguments + ["http://\(bracketed):\(port)/"] }
        switch trust {
        case .everybody: arguments.append("--insecure")
        case .authority(let file): arguments += ["--cacert", file.path(percentEncoded: false)]
        }
        if let certificate { arguments += ["--cert", certificate.path(percentEncoded: false)] }
        // curl sends the URL's host as the server name, but never an address.
        let name: String
        switch request.serverName {
        case .host: name = request.host
        case .name(let other): name = other
        case .omitted: name = bracketed
        }
        return arguments + ["--connect-to", "::\(bracketed):\(port)", "https://\(name):\(port)/"]
    }

    private func headers(for request: CurlRequest) -> [String] {
        var headers = request.headers
        if !headers.contains(where: { $0.name.lowercased() == "host" }) {
            headers.insert(("Host", request.authority), at: 0)
        }
        return headers.flatMap { name, value in
            // curl's way to write a header with an empty value is a semicolon; a colon alone takes the header away.
            switch value {
            case nil: ["--header", "\(name):"]
            case "": ["--header", "\(name);"]
            case let value?: ["--header", "\(name): \(value)"]
            }
        }
    }
}
