import Foundation

/// Lines over two logarithmic axes, on which what grows evenly is straight and rises by 45 degrees.
struct LogarithmicPlot {
    struct Line {
        var name: String
        var color: String
        var points: [(x: Double, y: Double)]
    }

    var title: String
    var lines: [Line]
    /// How a value of the axis at the left is written.
    var label: (Double) -> String

    func draw(in svg: inout SVG, left: Double, top: Double, width: Double, height: Double) {
        let points = lines.flatMap(\.points)
        guard let horizontal = LogarithmicAxis(points.map(\.x)), let vertical = LogarithmicAxis(points.map(\.y)) else {
            return
        }
        let (right, bottom) = (left + width, top + height)
        svg.add(text: title, x: left + width / 2, y: top - 12, size: 14)
        for tick in vertical.ticks {
            let y = bottom - vertical.place(of: tick) * height
            svg.add(lineFrom: (left, y), to: (right, y))
            svg.add(text: label(tick), x: left - 6, y: y + 4, anchor: "end")
        }
        for tick in horizontal.ticks {
            let x = left + horizontal.place(of: tick) * width
            svg.add(lineFrom: (x, top), to: (x, bottom))
            svg.add(text: "\(Int(tick))", x: x, y: bottom + 18)
        }
        for line in lines {
            let places = line.points.map { point in
                (left + horizontal.place(of: point.x) * width, bottom - vertical.place(of: point.y) * height)
            }
            let path = places.map { "\(SVG.number($0.0)),\(SVG.number($0.1))" }.joined(separator: " ")
            svg.add("polyline", ["points": path, "fill": "none", "stroke": line.color, "stroke-width": "2"])
            for (x, y) in places {
                svg.add("circle", ["cx": SVG.number(x), "cy": SVG.number(y), "r": "3", "fill": line.color])
            }
        }
    }
}

/// A logarithmic axis that begins and ends at powers of ten.
private struct LogarithmicAxis {
    private let first: Double
    private let last: Double

    /// Returns `nil` where nothing can be shown.
    init?(_ values: [Double]) {
        let positive = values.filter { $0 > 0 && $0.isFinite }
        guard let smallest = positive.min(), let largest = positive.max() else { return nil }
        first = floor(log10(smallest) + 1e-9)
        last = max(ceil(log10(largest) - 1e-9), first + 1)
    }

    var ticks: [Double] { stride(from: first, through: last, by: 1).map { pow(10, $0) } }

    /// From 0 to 1.
    func place(of value: Double) -> Double { value > 0 ? (log10(value) - first) / (last - first) : 0 }
}
