import CurlTestSupport
import Foundation
import TestSupport

/// A real Chromium without a window, driven over WebDriver (W3C).
struct Browser {
    private let client: CurlClient
    private let path: String

    /// Runs a browser while `body` runs.
    static func use<Result: Sendable>(_ body: (Browser) async throws -> Result) async throws -> Result {
        let (driver, chromium) = try (Tool("chromedriver"), Tool("chromium"))
        let port = try ClaimedPort.next()
        let script = "'\(driver.path)' --port=\(port) & read -r line; kill $!"
        return try await Guardian.run(script, over: "") {
            let client = CurlClient(address: "127.0.0.1", httpPort: Int(port))
            try await eventually("chromedriver") {
                (try? await client.send("GET http://127.0.0.1/status"))?.status == 200
            }
            let session = try await start(chromium.path, client)
            let browser = Browser(client: client, path: "/session/\(session)")
            let result: Swift.Result<Result, any Error>
            do { result = .success(try await body(browser)) } catch { result = .failure(error) }
            // The browser ends with its session, and not with its driver.
            _ = try? await client.send("DELETE http://127.0.0.1\(browser.path)")
            return try result.get()
        }
    }

    /// The browser's own sandbox needs rights that a container does not give.
    private static func start(_ program: String, _ client: CurlClient) async throws -> String {
        let arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        ]
        let options = ["binary": program, "args": arguments] as [String: Any]
        let capabilities = ["alwaysMatch": ["browserName": "chrome", "goog:chromeOptions": options]]
        struct Session: Decodable { var sessionId: String }
        let session: Session = try await send("/session", ["capabilities": capabilities], client)
        return session.sessionId
    }

    func open(_ file: URL) async throws {
        let _: Nothing = try await send("url", ["url": file.absoluteString])
    }

    /// The value of a JavaScript expression in the page.
    func value<Value: Decodable>(_ expression: String) async throws -> Value {
        try await send("execute/sync", ["script": "return \(expression)", "args": [Any]()])
    }

    /// Presses keys, one after the other, wherever the focus is.
    func press(_ keys: String) async throws {
        let actions = keys.flatMap { key in
            [["type": "keyDown", "value": String(key)], ["type": "keyUp", "value": String(key)]]
        }
        let input = ["type": "key", "id": "keyboard", "actions": actions] as [String: Any]
        let _: Nothing = try await send("actions", ["actions": [input]])
    }

    /// Clicks the first element of a CSS selector.
    func click(_ selector: String) async throws {
        let element: [String: String] = try await send("element", ["using": "css selector", "value": selector])
        guard let id = element.values.first else { throw Tool.Failure(description: "no \(selector)") }
        let _: Nothing = try await send("element/\(id)/click", [:])
    }

    private func send<Value: Decodable>(_ command: String, _ body: [String: Any]) async throws -> Value {
        try await Self.send("\(path)/\(command)", body, client)
    }

    private static func send<Value: Decodable>(
        _ path: String,
        _ body: [String: Any],
        _ client: CurlClient
    ) async throws -> Value {
        guard var request = CurlRequest("POST http://127.0.0.1\(path)") else { throw Tool.Failure(description: path) }
        request.headers.append(("Content-Type", "application/json"))
        request.body = String(decoding: try JSONSerialization.data(withJSONObject: body), as: UTF8.self)
        let response = try await client.send(request)
        guard response.status == 200 else { throw Tool.Failure(description: "\(path): \(response.text)") }
        return try JSONDecoder().decode(Answer<Value>.self, from: Data(response.body)).value
    }

    private struct Answer<Value: Decodable>: Decodable { var value: Value }

    private struct Nothing: Decodable {
        init(from decoder: any Decoder) {}
    }
}

/// The keys of WebDriver that are no characters.
enum Key {
    static let enter = "\u{E007}"
    static let escape = "\u{E00C}"
}
