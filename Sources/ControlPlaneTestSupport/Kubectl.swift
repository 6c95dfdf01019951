import Foundation
package import TestSupport

/// The real kubectl, as one user.
package struct Kubectl: Sendable, Hashable {
    /// The user that sends requests, and the server that gets them.
    package let kubeconfig: String
    let cache: String

    /// Runs kubectl to its end, whatever comes of it.
    package func run(_ arguments: [String], input: String = "") async throws -> Tool.Outcome {
        // The user's own settings are not part of the test.
        try await Tool("kubectl").run(
            ["--kubeconfig", kubeconfig, "--cache-dir", cache, "--request-timeout", "30s"] + arguments,
            input: input
        )
    }

    /// Runs kubectl, and throws what it says if that fails.
    @discardableResult
    package func output(_ arguments: [String], input: String = "") async throws -> [UInt8] {
        let outcome = try await run(arguments, input: input)
        guard outcome.succeeded else { throw Refused(description: outcome.errors) }
        return outcome.output
    }

    /// Applies manifests, which may be many documents.
    package func apply(_ manifests: String) async throws {
        try await output(["apply", "--filename", "-"], input: manifests)
    }

    /// Creates objects, and throws if one is there already.
    package func create(_ manifests: String) async throws {
        try await output(["create", "--filename", "-"], input: manifests)
    }

    /// Replaces objects, and throws if one is not there or another version of it than `resourceVersion` says.
    package func replace(_ manifests: String) async throws {
        try await output(["replace", "--filename", "-"], input: manifests)
    }

    /// Changes one object, such as `ingress/web`, by a JSON merge patch.
    package func patch(_ object: String, in namespace: String? = nil, _ patch: String) async throws {
        try await output(Self.place(namespace) + ["patch", object, "--type", "merge", "--patch", patch])
    }

    /// Deletes objects such as `ingress/web`, and waits until they are gone.
    package func delete(_ objects: String..., in namespace: String? = nil) async throws {
        try await output(Self.place(namespace) + ["delete", "--ignore-not-found"] + objects)
    }

    /// Reads one object such as `ingress/web`, or a list of all of a kind such as `ingresses`.
    package func get<Object: Decodable>(
        _ object: String,
        in namespace: String? = nil,
        as type: Object.Type = Object.self
    ) async throws -> Object {
        let text = try await output(Self.place(namespace) + ["get", object, "--output", "json"])
        return try JSONDecoder().decode(type, from: Data(text))
    }

    private static func place(_ namespace: String?) -> [String] { namespace.map { ["--namespace", $0] } ?? [] }

    /// The message of a kubectl that failed.
    package struct Refused: Error, CustomStringConvertible {
        package let description: String
    }
}
