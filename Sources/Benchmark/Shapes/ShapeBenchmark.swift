import Foundation

/// Measures clusters of every shape, from a hundred Ingresses to ten thousand.
enum ShapeBenchmark {
    static let sizes = [100, 300, 1_000, 3_000, 10_000]

    /// - Parameter folder: Where the table and the plots are written, if anywhere.
    static func run(_ sizes: [Int] = sizes, writingTo folder: String? = nil) throws {
        print(ShapeTable.header)
        fflush(nil)
        var results: [ShapeMeasurement] = []
        for shape in ClusterShape.allCases {
            for size in sizes {
                let result = try ShapeMeasurement.ofChild(shape, ingresses: size)
                results.append(result)
                print(ShapeTable.row(of: result))
                fflush(nil)
            }
        }
        guard let folder else { return }
        let url = URL(filePath: folder)
        try Data(ShapePage.text(of: results).utf8).write(to: url.appending(path: "benchmarks.md"))
        try Data(ShapePlots.image(of: results).utf8).write(to: url.appending(path: "benchmarks.svg"))
    }
}

/// Measurements of shapes as lines of text.
enum ShapeTable {
    static let header =
        """
        shape         ingresses     read  translate   render    wall   change endpoints    coming      bytes  memory    peak \
         nginx -t  its memory
        """

    static func row(of result: ShapeMeasurement) -> String {
        let times = [result.change, result.endpoints, result.coming].map { String(format: "  %6.1fms", $0 * 1_000) }
        return result.shape.padding(toLength: 12, withPad: " ", startingAt: 0)
            + String(
                format: " %10d %7.3fs   %7.3fs %7.3fs %6.2fs",
                result.ingresses,
                result.read,
                result.translate,
                result.render,
                result.wall
            ) + times.joined()
            + String(
                format: " %10d %4.0f MB %4.0f MB  %7.2fs     %4.0f MB",
                result.bytes,
                result.memory,
                result.peak,
                result.nginx ?? .nan,
                result.nginxMemory ?? .nan
            )
    }
}
