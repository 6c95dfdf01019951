import CurlTestSupport
import EchoBackend
import Testing

/// The required outcome of a request.
enum Outcome: Sendable, Hashable {
    case served(by: String)
    case status(Int)
}

extension Stage {
    /// Sends a request given as a line such as `GET http://shop.example/a`, and follows a redirect as the suite does.
    ///
    /// A client that follows sends its request to the same address again, whatever the redirect's host resolves to.
    func send(_ line: String) async throws -> CurlResponse {
        let response = try await client.send(line)
        guard (300..<400).contains(response.status) else { return response }
        let method = line.prefix { $0 != " " }
        return try await client.send("\(method) \(try #require(response.header("Location")))")
    }

    /// Sends a request, and records an issue with the scenario's title if anything else comes of it.
    func check(
        _ title: String,
        _ line: String,
        _ outcome: Outcome,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let response = try await send(line)
        switch outcome {
        case .status(let status): #expect(response.status == status, "\(title)", sourceLocation: location)
        case .served(let service):
            #expect(response.status == 200, "\(title)", sourceLocation: location)
            let echo = try #require(response.echo, "\(title)", sourceLocation: location)
            #expect(echo.service == service, "\(title)", sourceLocation: location)
        }
    }
}

extension EchoedRequest {
    /// The Service whose endpoint answered.
    var service: Substring { backend.prefix { $0 != "/" } }
}
