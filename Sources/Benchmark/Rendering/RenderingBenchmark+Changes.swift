import IngressTranslation
import KubernetesModel
import NginxRendering

extension RenderingBenchmark {
    /// What one changed Ingress takes, in milliseconds of processor time.
    ///
    /// Another one changes each time, with what the time before has found at hand.
    static func changes(of snapshot: ClusterSnapshot, turns: Int = 20) throws -> [Double] {
        let (settings, renderer) = (try settings(), try renderer())
        var snapshot = snapshot
        var known = TranslationCache()
        var rendered = RenderingCache()
        _ = renderer.render(translate(snapshot, with: settings, cache: &known).configuration, cache: &rendered)
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
