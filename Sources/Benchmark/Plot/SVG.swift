import Foundation

/// A drawing, in which every text stands for itself.
struct SVG {
    private(set) var markup = ""

    mutating func add(_ element: String, _ attributes: KeyValuePairs<String, String>, text: String? = nil) {
        markup += "<\(element)"
        for (name, value) in attributes { markup += " \(name)=\"\(Self.escaped(value))\"" }
        markup += text.map { ">\(Self.escaped($0))</\(element)>\n" } ?? "/>\n"
    }

    mutating func add(
        text: String,
        x: Double,
        y: Double,
        anchor: String = "middle",
        size: Int = 12
    ) {
        let attributes: KeyValuePairs = [
            "x": Self.number(x), "y": Self.number(y), "text-anchor": anchor, "font-size": "\(size)", "class": "ink",
        ]
        add("text", attributes, text: text)
    }

    mutating func add(lineFrom start: (x: Double, y: Double), to end: (x: Double, y: Double)) {
        let attributes: KeyValuePairs = [
            "x1": Self.number(start.x), "y1": Self.number(start.y), "x2": Self.number(end.x), "y2": Self.number(end.y),
            "class": "grid",
        ]
        add("line", attributes)
    }

    /// The whole file.
    func file(width: Int, height: Int, title: String) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" font-family="sans-serif" role="img">
        <title>\(Self.escaped(title))</title>
        <style>
        .paper { fill: #fff } .ink { fill: #24292f } .grid { stroke: #d8dee4 }
        @media (prefers-color-scheme: dark) {
        .paper { fill: #0d1117 } .ink { fill: #e6edf3 } .grid { stroke: #30363d }
        }
        </style>
        <rect width="\(width)" height="\(height)" class="paper"/>
        \(markup)</svg>

        """
    }

    static func number(_ value: Double) -> String { String(format: "%.1f", value) }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
