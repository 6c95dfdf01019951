import Diagnostics
import Foundation
import IngressTranslation
import KubernetesModel
import Manifests
import NginxRendering

/// Measures Ingresses of which each has ten settings of its own.
enum SettingsBenchmark {
    private static let ingresses = 1_000
    private static let rounds = 5

    static func run() throws {
        let text = ClusterText(ingresses: ingresses, annotations: annotations).yaml
        var snapshot = ManifestReader().read([ManifestFile(name: "cluster.yaml", text: text)]).snapshot
        snapshot.ingressClasses = [
            IngressClass(metadata: ObjectMetadata(name: "nginx"), controller: ClassRules.ingressNginx)
        ]
        let (times, translation, generation) = try RenderingBenchmark.whole(snapshot, rounds: rounds)
        guard translation.diagnostics.isEmpty else { throw BenchmarkError.failed(translation.diagnostics[0].text) }
        let plain = PlainConfiguration(of: generation.configurationText).text
        var ours: [Double] = []
        var plainest: [Double] = []
        for _ in 0..<rounds {
            ours.append(try NginxTest.processorTime(of: generation) ?? .nan)
            plainest.append(try NginxTest.processorTime(of: generation, plain: plain) ?? .nan)
        }
        print("ingresses  settings  translate, render  nginx -t  of the plainest  ratio")
        let (own, other) = (Sample(ours).median, Sample(plainest).median)
        print(
            String(
                format: "%9d  %8d       %6.1f (%6.1f)    %5.2fs           %5.2fs  %5.2f",
                ingresses,
                10 * ingresses,
                times.median,
                times.maximum,
                own,
                other,
                own / other
            )
        )
    }

    /// Values that differ from the defaults, and from one Ingress to most others.
    @Sendable static func annotations(of ingress: Int) -> KeyValuePairs<String, String> {
        [
            "proxy-body-size": "\(2 + ingress % 31)m", "proxy-read-timeout": "\(61 + ingress % 17)",
            "proxy-send-timeout": "\(61 + ingress % 13)", "proxy-connect-timeout": "\(6 + ingress % 11)",
            "proxy-buffering": "on", "proxy-buffer-size": "\(8 + ingress % 7)k",
            "proxy-buffers-number": "\(8 + ingress % 5)", "proxy-next-upstream": "error",
            "proxy-next-upstream-tries": "2", "proxy-request-buffering": "off",
        ]
    }
}
