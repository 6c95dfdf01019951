import Foundation

/// Measurements of shapes as a page of the documentation.
enum ShapePage {
    static func text(of results: [ShapeMeasurement]) -> String {
        """
        # Benchmarks

        `make plot` writes this page and its plots: what clusters of several shapes and sizes cost. Seconds are of processor
        time but for the column \u{201C}by the clock\u{201D}; memory is the most that the process held; \u{201C}one changed\u{201D} is translation and
        rendering after one Ingress changed.

        ![Processor time, memory and the time of nginx, by the number of Ingresses](benchmarks.svg)

        | shape | Ingresses | read | translate | render | by the clock | one changed | configuration | memory | `nginx -t` | its memory |
        |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|

        """ + results.map(row).joined()
    }

    private static func row(_ result: ShapeMeasurement) -> String {
        let title = ClusterShape(rawValue: result.shape)?.title ?? result.shape
        let cells = [
            title, "\(result.ingresses)", seconds(result.read), seconds(result.translate), seconds(result.render),
            seconds(result.wall), String(format: "%.1f ms", result.change * 1_000),
            String(format: "%.2f MB", Double(result.bytes) / 1_000_000), String(format: "%.0f MB", result.memory),
            result.nginx.map(seconds) ?? "\u{2013}",
            result.nginxMemory.map { String(format: "%.0f MB", $0) } ?? "\u{2013}",
        ]
        return "| " + cells.joined(separator: " | ") + " |\n"
    }

    private static func seconds(_ value: Double) -> String { String(format: "%.3f s", value) }
}
