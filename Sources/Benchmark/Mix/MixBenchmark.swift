import Diagnostics
import Foundation
import IngressTranslation
import KubernetesModel
import Manifests
import NginxControl
import NginxRendering

/// Measures a cluster with a mix of features, beside a plain one of the same size.
enum MixBenchmark {
    private static let rounds = 5

    /// For the nginx that is installed: a newer one reads certificates when clients come.
    static func run(_ size: Int = 5_000) async throws {
        guard let capabilities = await NginxProgram()?.capabilities() else {
            throw BenchmarkError.failed("nginx is not installed")
        }
        let renderer = try RenderingBenchmark.renderer(for: capabilities)
        let plain = try Row(ClusterText(ingresses: size).yaml, renderer)
        print("\(size) Ingresses             from nothing      one changed   nginx -t    ratio")
        show("plain", plain, plain)
        let uncertified = try MixText(ingresses: size, hasCertificates: false).yaml()
        show("mixed without certificates", try Row(uncertified, renderer), plain)
        show("mixed", try Row(MixText(ingresses: size).yaml(), renderer), plain)
        print("targets for the mix              1500.0             30.0                2.00")
    }

    private static func show(_ name: String, _ row: Row, _ plain: Row) {
        print(
            name.padding(toLength: 26, withPad: " ", startingAt: 0)
                + String(
                    format: "%8.1f ms        %8.1f ms    %6.2f s   %6.2f",
                    row.whole.median,
                    row.change.median,
                    row.nginx.median,
                    row.nginx.median / plain.nginx.median
                )
        )
        fflush(nil)
    }

    /// The figures of one cluster, in milliseconds of processor time; those of nginx in seconds.
    private struct Row {
        var whole = Sample([])
        var change = Sample([])
        var nginx = Sample([])

        init(_ text: String, _ renderer: ConfigurationRenderer) throws {
            var snapshot = ManifestReader().read([ManifestFile(name: "cluster.yaml", text: text)]).snapshot
            snapshot.ingressClasses = [
                IngressClass(metadata: ObjectMetadata(name: "nginx"), controller: ClassRules.ingressNginx)
            ]
            let (times, translation, generation) = try RenderingBenchmark.whole(snapshot, by: renderer, rounds: rounds)
            if let finding = translation.diagnostics.first(where: { $0.severity != .note }) {
                throw BenchmarkError.failed(finding.text)
            }
            whole = times
            change = Sample(try RenderingBenchmark.changes(of: snapshot, by: renderer))
            nginx = Sample(try (0..<rounds).map { _ in try NginxTest.processorTime(of: generation) ?? .nan })
        }
    }
}
