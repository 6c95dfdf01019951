import Diagnostics
import Foundation
import IngressTranslation
import KubernetesModel
import Manifests
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Template

/// Measures the way from manifests to a configuration, for clusters of several sizes.
///
/// Each size runs in a process of its own, so that its peak of memory is its own.
enum RenderingBenchmark {
    private static let sizes = [100, 1_000, 5_000, 10_000]

    static func run() throws {
        print("ingresses    read  translate  render  together  changed  per Ingress   bytes  memory  nginx -t    ratio")
        // The children write to the same stream, each through a buffer of its own.
        fflush(nil)
        for size in sizes { try runChild(size) }
    }

    static func run(_ size: Int) throws {
        show(try measure(size))
    }

    private static func runChild(_ size: Int) throws {
        let process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0])
        process.arguments = ["\(size)"]
        try process.run()
        process.waitUntilExit()
    }

    private static func measure(_ size: Int) throws -> Measurement {
        var result = Measurement(ingresses: size)
        let text = ClusterText(ingresses: size).yaml
        let settings = try settings()
        var snapshot = ClusterSnapshot()
        result.read = processorTime {
            snapshot = ManifestReader().read([ManifestFile(name: "cluster.yaml", text: text)]).snapshot
        }
        snapshot.ingressClasses = [
            IngressClass(metadata: ObjectMetadata(name: "nginx"), controller: ClassRules.ingressNginx)
        ]
        var translation = translate(ClusterSnapshot(), with: settings)
        result.translate = processorTime { translation = translate(snapshot, with: settings) }
        let renderer = try renderer()
        var generation = renderer.render(translation.configuration)
        result.render = processorTime { generation = renderer.render(translation.configuration) }
        result.bytesPerIngress = generation.configurationText.utf8.count / size
        var cache = RenderingCache()
        _ = renderer.render(translation.configuration, cache: &cache)
        var changed = translation.configuration
        changed.upstreams[0].servers.removeLast()
        // Back and forth: one rendering is too short to be measured alone.
        let forms = [changed, translation.configuration]
        let turns = 20
        let time = processorTime { for turn in 0..<turns { _ = renderer.render(forms[turn % 2], cache: &cache) } }
        result.renderChange = time / Double(turns)
        result.peakMemory = ProcessUsage.current.peakMemory
        result.nginxTest = try NginxTest.processorTime(of: generation)
        return result
    }

    /// As of a cluster, with no log.
    static func settings() throws -> TranslationSettings {
        var settings = TranslationSettings(
            fallbackCertificate: try FallbackFile.certificate(),
            listeners: [(Listener.Scheme.http, 8_080), (.https, 8_443)].flatMap { scheme, number in
                PortNumber(number).map { [Listener(scheme, at: .port($0)), Listener(scheme, at: .anyIPv6($0))] } ?? []
            },
            now: 1_767_225_600
        )
        settings.assumesMissingObjects = false
        settings.readsManifests = false
        settings.process.accessLog = nil
        let live = FilePath("/var/lib/postern/live")
        settings.process.liveCertificates = live.map { LiveCertificates(in: $0, from: 250) }
        return settings
    }

    static func renderer(
        for capabilities: NginxCapabilities = NginxCapabilities(version: NginxVersion(1, 22, 1))
    ) throws -> ConfigurationRenderer {
        var diagnostics: [Diagnostic] = []
        guard let renderer = ConfigurationRenderer(for: capabilities, diagnostics: &diagnostics) else {
            throw BenchmarkError.templates(diagnostics.map(\.text))
        }
        return renderer
    }

    /// What it takes to translate and render a snapshot from nothing, in milliseconds of processor time, and what comes of it.
    static func whole(
        _ snapshot: ClusterSnapshot,
        by renderer: ConfigurationRenderer? = nil,
        rounds: Int
    ) throws -> (times: Sample, translation: Translation, generation: Generation) {
        let (settings, renderer) = (try settings(), try renderer ?? Self.renderer())
        var times: [Double] = []
        var translation = translate(ClusterSnapshot(), with: settings)
        var generation = renderer.render(translation.configuration)
        for _ in 0..<rounds {
            // What the round before has made is freed outside of what is measured.
            translation = translate(ClusterSnapshot(), with: settings)
            generation = renderer.render(translation.configuration)
            let time = processorTime {
                translation = translate(snapshot, with: settings)
                generation = renderer.render(translation.configuration)
            }
            times.append(time * 1_000)
        }
        return (Sample(times), translation, generation)
    }

    static func processorTime(_ work: () -> Void) -> Double {
        let start = ProcessUsage.current.processorTime
        work()
        return ProcessUsage.current.processorTime - start
    }

    private static func show(_ result: Measurement) {
        let together = result.translate + result.render
        let ratio = result.nginxTest.map { String(format: "%7.3f", together / $0) } ?? "      -"
        print(
            String(
                format: "%9d %6.3fs    %6.3fs %6.3fs   %6.3fs  %6.3fs      %6.1f µs  %6d  %3.0f MB  %7.2fs  %@",
                result.ingresses,
                result.read,
                result.translate,
                result.render,
                together,
                result.renderChange,
                result.perIngress,
                result.bytesPerIngress,
                result.peakMemory,
                result.nginxTest ?? .nan,
                ratio
            )
        )
    }
}

/// The cost of one size of cluster.
struct Measurement {
    var ingresses: Int
    var read = 0.0
    var translate = 0.0
    var render = 0.0
    /// Rendering again after one endpoint changed, with the parts of the last time at hand.
    var renderChange = 0.0
    var bytesPerIngress = 0
    var peakMemory = 0.0
    /// The time that nginx itself needs to parse the result.
    var nginxTest: Double?

    var perIngress: Double { (translate + render) / Double(ingresses) * 1_000_000 }
}
