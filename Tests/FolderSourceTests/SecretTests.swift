import Diagnostics
import Foundation
import KubernetesModel
import TestSupport
import Testing

@testable import FolderSource

/// The parts of Secrets in a folder that are kept.
struct SecretTests {
    private static func secret(_ name: String, _ text: String = "a") -> String {
        "---\napiVersion: v1\nkind: Secret\nmetadata: {name: \(name), namespace: shop}\nstringData: {tls.crt: \"\(text)\"}\n"
    }

    private static func ingress(_ name: String, secret: String) -> String {
        """
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: \(name), namespace: shop}
        spec:
          tls: [{secretName: \(secret)}]
          defaultBackend: {service: {name: web, port: {number: 80}}}

        """
    }

    /// The text of each Secret, or `nil` where its name is known alone.
    private func texts(_ source: FolderSource) async -> [String: String?] {
        let secrets = await source.read().snapshot.secrets
        return Dictionary(
            uniqueKeysWithValues: secrets.map { secret in
                (secret.metadata.name, secret.data["tls.crt"].map { String(decoding: $0.bytes, as: UTF8.self) })
            }
        )
    }

    @Test(arguments: [1, 100_000])
    func `a Secret is kept while an Ingress names it, and read again when one does`(_ size: Int) async throws {
        try await TemporaryFolder.use { parent in
            let folder = try SourceFolder(parent)
            let text = String(repeating: "x", count: size)
            try folder.write(Self.secret("one", text) + Self.secret("two", text), to: "secrets.yaml")
            try folder.write(Self.ingress("mixed", secret: "none") + Self.secret("three", text), to: "mixed.yaml")
            let source = try folder.source()
            #expect(await texts(source) == ["one": nil, "two": nil, "three": nil])
            try folder.write(Self.ingress("a", secret: "two") + Self.ingress("b", secret: "three"), to: "web.yaml")
            #expect(await texts(source) == ["one": nil, "two": text, "three": text])
            try folder.remove("web.yaml")
            #expect(await texts(source) == ["one": nil, "two": nil, "three": nil])
        }
    }

    @Test func `a Secret that the controller itself needs is kept`() async throws {
        try await TemporaryFolder.use { parent in
            let folder = try SourceFolder(parent)
            try folder.write(Self.secret("default") + Self.secret("other"), to: "secrets.yaml")
            let source = try FolderSource(
                folder: folder.path(""),
                secrets: [NamespacedName(namespace: "shop", name: "default")]
            )
            #expect(await texts(source) == ["default": "a", "other": nil])
        }
    }

    @Test func `a file that goes bad loses no Secret that is named`() async throws {
        try await TemporaryFolder.use { parent in
            let folder = try SourceFolder(parent)
            try folder.write(Self.secret("one") + Self.secret("two"), to: "secrets.yaml")
            try folder.write(Self.ingress("a", secret: "one"), to: "web.yaml")
            let source = try folder.source()
            #expect(await texts(source) == ["one": "a", "two": nil])
            try folder.write("kind: [", to: "secrets.yaml")
            #expect(await texts(source) == ["one": "a", "two": nil])
            #expect(await texts(try folder.source()) == ["one": "a", "two": nil])
            try folder.write(Self.secret("one", "b") + Self.secret("two", "b"), to: "secrets.yaml")
            try folder.write(Self.ingress("a", secret: "two"), to: "web.yaml")
            #expect(await texts(source) == ["one": nil, "two": "b"])
        }
    }
}
