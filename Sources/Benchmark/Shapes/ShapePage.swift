import Foundation

/// Measurements of shapes as a page of the documentation.
enum ShapePage {
    static func text(of results: [ShapeMeasurement]) -> String {
        """
        # Benchmarks

        What clusters of several shapes and sizes cost Postern and nginx. `make plot` measures them all anew and writes this
        page with its plots.

        ![Processor time, memory and the time of nginx, by the number of Ingresses](benchmarks.svg)

        Both axes are logarithmic: what grows evenly with the cluster is a straight line that rises by 45 degrees.

        \(shapes)
        ## From nothing

        \(table(results, ["read", "translate", "render", "by the clock", "configuration", "`nginx -t`", "its memory"]) {
            [
                seconds($0.read), seconds($0.translate), seconds($0.render), seconds($0.wall),
                String(format: "%.2f MB", Double($0.bytes) / 1_000_000), $0.nginx.map(seconds) ?? "\u{2013}",
                $0.nginxMemory.map(megabytes) ?? "\u{2013}",
            ]
        })
        Seconds of processor time, but for the column \u{201C}by the clock\u{201D}, which has translation and rendering. To read is to parse
        manifests as YAML, which a controller in a cluster does not do. `nginx -t` reads the configuration once, as
        nginx does for a reload and as the proof does; it is nginx's own cost whoever wrote the configuration. A worker
        holds about as much memory. Where a dash stands nginx holds less than the benchmark itself.

        ## One changed object

        \(table(results, ["an annotation", "an endpoint", "an Ingress goes or comes", "memory", "at the most"]) {
            [
                milliseconds($0.change), milliseconds($0.endpoints), milliseconds($0.coming), megabytes($0.memory),
                megabytes($0.peak),
            ]
        })
        Translation and rendering, in milliseconds of processor time (the median of twelve changes, each of another object but
        for the last column of times), with all that a controller keeps from one change to the next. Memory is the whole
        process with the cluster's objects, the configuration, and what both come to, after these changes and at the most; the
        proof, which a controller holds besides, is not in it. Of many Ingresses that share a host one that has only paths
        of its own is exchanged alone; one that sets something for all of the host or wants a path that another one has makes
        the whole host be decided anew.

        """
    }

    /// What each shape is.
    private static var shapes: String {
        ClusterShape.allCases.map { "- *\($0.title)*: \($0.explanation)\n" }.joined()
    }

    private static func table(
        _ results: [ShapeMeasurement],
        _ columns: [String],
        _ cells: (ShapeMeasurement) -> [String]
    ) -> String {
        let head = "| shape | Ingresses | \(columns.joined(separator: " | ")) |\n"
        let rule = "|---|--:|\(columns.map { _ in "--:|" }.joined())\n"
        let rows = results.map { result in
            let title = ClusterShape(rawValue: result.shape)?.title ?? result.shape
            return "| \(title) | \(result.ingresses) | \(cells(result).joined(separator: " | ")) |\n"
        }
        return head + rule + rows.joined()
    }

    private static func seconds(_ value: Double) -> String { String(format: "%.3f s", value) }
    private static func milliseconds(_ value: Double) -> String { String(format: "%.1f ms", value * 1_000) }
    private static func megabytes(_ value: Double) -> String { String(format: "%.0f MB", value) }
}
