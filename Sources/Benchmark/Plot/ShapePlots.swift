import Foundation

/// Four plots of what clusters of each shape cost.
enum ShapePlots {
    /// Colours that are told apart by those who see few of them, too, on a light and on a dark ground.
    private static let colors = ["#1f83c4", "#e69f00", "#00a67d", "#e0641a", "#cc79a7", "#8a8a8a"]

    static func image(of results: [ShapeMeasurement]) -> String {
        var svg = SVG()
        let quantities: [(String, (ShapeMeasurement) -> Double?, (Double) -> String)] = [
            ("Translation and rendering, processor time", { $0.together }, seconds),
            ("One changed Ingress, processor time", { $0.change }, seconds),
            ("Memory of the process after changes", { $0.memory }, { String(format: "%g MB", $0) }),
            ("nginx -t, processor time", { $0.nginx }, seconds),
        ]
        for (index, (title, value, label)) in quantities.enumerated() {
            let plot = LogarithmicPlot(title: title, lines: lines(of: results, value), label: label)
            plot.draw(
                in: &svg,
                left: 80 + Double(index % 2) * 470,
                top: 90 + Double(index / 2) * 330,
                width: 370,
                height: 250
            )
        }
        for (index, shape) in ClusterShape.allCases.enumerated() {
            let (x, y) = (80 + Double(index % 3) * 300, 22 + Double(index / 3) * 22)
            svg.add(
                "rect",
                ["x": SVG.number(x), "y": SVG.number(y - 9), "width": "14", "height": "10", "fill": color(shape)]
            )
            svg.add(text: shape.title, x: x + 22, y: y, anchor: "start", size: 13)
        }
        return svg.file(width: 960, height: 730, title: "What clusters cost by shape and by the number of Ingresses")
    }

    private static func lines(
        of results: [ShapeMeasurement],
        _ value: (ShapeMeasurement) -> Double?
    ) -> [LogarithmicPlot.Line] {
        ClusterShape.allCases.map { shape in
            let points = results.filter { $0.shape == shape.rawValue }.compactMap { result in
                value(result).map { (x: Double(result.ingresses), y: $0) }
            }
            return LogarithmicPlot.Line(name: shape.title, color: color(shape), points: points)
        }
    }

    private static func color(_ shape: ClusterShape) -> String {
        ClusterShape.allCases.firstIndex(of: shape).map { colors[$0 % colors.count] } ?? "#000"
    }

    private static func seconds(_ value: Double) -> String {
        value < 1 ? String(format: "%g ms", value * 1_000) : String(format: "%g s", value)
    }
}
