import IngressTranslation
import KubernetesModel
import NginxRendering

extension RenderingBenchmark {
    /// What one changed Ingress takes, in milliseconds of processor time.
    ///
    /// Another one changes each time, with what the time before has found at hand.
    ///
    /// - Parameter counting: Is called before and after what is measured.
    static func changes(
        of snapshot: ClusterSnapshot,
        by renderer: ConfigurationRenderer? = nil,
        turns: Int = 20,
        counting: (_ isCounted: Bool) -> Void = { _ in }
    ) throws -> [Double] {
        let (settings, renderer) = (try settings(), try renderer ?? Self.renderer())
        var snapshot = snapshot
        var known = TranslationCache()
        var rendered = RenderingCache()
        _ = renderer.render(translate(snapshot, with: settings, cache: &known).configuration, cache: &rendered)
        counting(true)
        defer { counting(false) }
        return (0..<turns).map { turn in
            let index = (turn * 7 + 3) % snapshot.ingresses.count
            snapshot.ingresses[index].metadata.annotations["nginx.ingress.kubernetes.io/app-root"] = "/turn-\(turn)"
            let time = processorTime {
                let translation = translate(snapshot, with: settings, cache: &known)
                _ = renderer.render(translation.configuration, cache: &rendered)
            }
            return time * 1_000
        }
    }
}
