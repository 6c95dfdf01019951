import Curl
import Diagnostics
import Foundation

/// The credentials of a configuration, which are had anew as they grow old or are no longer taken.
actor CredentialStore {
    private let configuration: ClusterConfiguration
    private var known: (credentials: Credentials, readAt: ContinuousClock.Instant, expires: Date?)?
    private var reading: Task<PluginCredentials, any Error>?

    /// How long a token from a file is used before the file is read again.
    private static let fileAge = Duration.seconds(60)

    init(_ configuration: ClusterConfiguration) {
        self.configuration = configuration
    }

    func current() async throws(APIError) -> Credentials {
        if let known, isFresh(known.readAt, known.expires) { return known.credentials }
        return try await read()
    }

    /// Obtains new credentials after `refused` were not taken; `nil` where there are no others.
    func renewed(after refused: Credentials) async throws(APIError) -> Credentials? {
        let newer = known?.credentials == refused ? try await read() : try await current()
        return newer == refused ? nil : newer
    }

    private func isFresh(_ readAt: ContinuousClock.Instant, _ expires: Date?) -> Bool {
        switch configuration.authorization {
        case .none, .token, .basic: true
        case .tokenFile: .now - readAt < Self.fileAge
        case .plugin: expires.map { $0 > .now } ?? true
        }
    }

    private func read() async throws(APIError) -> Credentials {
        var credentials = Credentials(identity: configuration.identity)
        var expires: Date?
        switch configuration.authorization {
        case .none: break
        case .token(let token): credentials.authorization = .bearer(token)
        case .tokenFile(let path): credentials.authorization = .bearer(try TokenFile.read(path))
        case .basic(let user, let password):
            let text = Data(Array("\(user):".utf8) + password.bytes).base64EncodedString()
            credentials.authorization = SecretBytes(Array("Basic \(text)".utf8))
        case .plugin(let plugin):
            let printed = try await run(plugin)
            if let token = printed.token { credentials.authorization = .bearer(token) }
            if let identity = printed.identity { credentials.identity = identity }
            expires = printed.expires
        }
        known = (credentials, .now, expires)
        return credentials
    }

    /// Runs the program once for all who wait for it.
    private func run(_ plugin: CredentialPlugin) async throws(APIError) -> PluginCredentials {
        let task = reading ?? Task { try await plugin.run() }
        reading = task
        defer { reading = nil }
        do {
            return try await task.value
        } catch let error as APIError {
            throw error
        } catch {
            throw .unusable("\(plugin.command.printable) gave no credentials: \(error)")
        }
    }
}

extension SecretBytes {
    fileprivate static func bearer(_ token: SecretBytes) -> SecretBytes {
        SecretBytes(Array("Bearer ".utf8) + token.bytes)
    }
}
