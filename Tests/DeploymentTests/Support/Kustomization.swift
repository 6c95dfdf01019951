import ControlPlaneTestSupport
import Foundation
import TestSupport
import Testing

/// A folder of `Deploy/` that people apply.
enum Kustomization: String {
    case base
    case besideIngressNginx = "overlays/beside-ingress-nginx"
    case bareMetal = "overlays/bare-metal"
    case cloud = "overlays/cloud"
    case kind = "overlays/kind"
    case oneNamespace = "overlays/one-namespace"
    /// Rights that are added to those of another one.
    case ingressConfigMaps = "extras/ingress-configmaps"

    /// Those that are whole, for all namespaces.
    static let clusterWide: [Kustomization] = [.base, .besideIngressNginx, .bareMetal, .cloud, .kind]

    /// The manifests that kubectl makes of it, in a form that the control plane takes.
    func manifests(for plane: ControlPlane) async throws -> String {
        let text = try await rendered()
        let versions = String(decoding: try await plane.kubectl.output(["api-versions"]), as: UTF8.self)
        guard !versions.split(separator: "\n").contains("policy/v1") else { return text }
        // Clusters from 1.21 on have it, and from 1.25 on nothing else. An older API server knows the same fields.
        return text.replacing("apiVersion: policy/v1\n", with: "apiVersion: policy/v1beta1\n")
    }

    private func rendered() async throws -> String {
        let kubectl = try Tool("kubectl")
        let folder = PackageRoot.url.appending(path: "Deploy")
        let outcome = try await kubectl.run(["kustomize", folder.appending(path: rawValue).path])
        if outcome.succeeded { return outcome.text }
        return try await TemporaryFolder.use { copy in
            let copied = copy.appending(path: "Deploy")
            try FileManager.default.copyItem(at: folder, to: copied)
            try Self.writeForOldKubectl(copied)
            let old = try await kubectl.run(["kustomize", copied.appending(path: rawValue).path])
            try #require(old.succeeded, "\(outcome.errors)\(old.errors)")
            return old.text
        }
    }

    /// The manifests that kubectl makes of the cloud's with a component, as if that were an overlay of its own: kubectl
    /// before 1.21 knows no components.
    static func cloud(with component: String) async throws -> String {
        let kubectl = try Tool("kubectl")
        return try await TemporaryFolder.use { copy in
            let copied = copy.appending(path: "Deploy")
            try FileManager.default.copyItem(at: PackageRoot.url.appending(path: "Deploy"), to: copied)
            let folder = copied.appending(path: "components/\(component)")
            let file = folder.appending(path: "kustomization.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try #require(text.contains("kind: Component"))
            let whole = text.contains("resources:\n") ? text : text + "resources:\n"
            let overlay = whole.replacing("kind: Component", with: "kind: Kustomization")
                .replacing("v1alpha1", with: "v1beta1")
                .replacing("resources:\n", with: "resources:\n- ../../overlays/cloud\n")
            try Data(overlay.utf8).write(to: file)
            let outcome = try await kubectl.run(["kustomize", folder.path])
            if outcome.succeeded { return outcome.text }
            try writeForOldKubectl(copied)
            let old = try await kubectl.run(["kustomize", folder.path])
            try #require(old.succeeded, "\(outcome.errors)\(old.errors)")
            return old.text
        }
    }

    /// kubectl before 1.21, which Debian packages, has other words for the same, at which newer ones warn.
    private static func writeForOldKubectl(_ folder: URL) throws {
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        for file in files.filter({ $0.hasSuffix("kustomization.yaml") }).map({ folder.appending(path: $0) }) {
            let text = try String(contentsOf: file, encoding: .utf8)
            let bases = text.matches(of: /(?m)^- \.\..*\n/).map(\.0)
            let resources = text.replacing(/(?m)^- \.\..*\n/, with: "").replacing(
                "\nresources:\npatches:",
                with: "\npatches:"
            )
            .replacing("\npatches:\n", with: "\npatchesJson6902:\n")
            let all = bases.isEmpty ? resources : "\(resources)bases:\n\(bases.joined())"
            try Data(all.utf8).write(to: file)
        }
    }
}
