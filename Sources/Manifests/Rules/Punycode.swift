/// The form in which DNS carries letters beyond ASCII.
///
/// See [RFC 3492](https://www.rfc-editor.org/rfc/rfc3492).
enum Punycode {
    private static let (base, least, most, skew, damp) = (36, 1, 26, 38, 700)

    /// A host name with each label encoded that needs it; `nil` for one that is not worth it, such as an endless one.
    static func host(_ text: String) -> String? {
        guard text.utf8.count <= 253 else { return nil }
        let labels = text.lowercased().split(separator: ".", omittingEmptySubsequences: false).map { label in
            label.utf8.allSatisfy { $0 < 0x80 } ? String(label) : "xn--" + encode(label)
        }
        return labels.joined(separator: ".")
    }

    private static func encode(_ label: Substring) -> String {
        let scalars = Array(label.unicodeScalars)
        var output = String(String.UnicodeScalarView(scalars.filter(\.isASCII)))
        let basic = output.utf8.count
        if basic > 0 { output += "-" }
        var (code, delta, bias, handled) = (UInt32(128), 0, 72, basic)
        while handled < scalars.count {
            guard let next = scalars.lazy.map(\.value).filter({ $0 >= code }).min() else { return output }
            delta += Int(next - code) * (handled + 1)
            code = next
            for scalar in scalars {
                if scalar.value < code { delta += 1 }
                guard scalar.value == code else { continue }
                appendNumber(delta, bias, to: &output)
                bias = adapted(delta, handled + 1, isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            code += 1
        }
        return output
    }

    private static func appendNumber(_ number: Int, _ bias: Int, to output: inout String) {
        var rest = number
        for position in stride(from: base, through: .max - base, by: base) {
            let threshold = min(max(position - bias, least), most)
            guard rest >= threshold else { break }
            output += digit(threshold + (rest - threshold) % (base - threshold))
            rest = (rest - threshold) / (base - threshold)
        }
        output += digit(rest)
    }

    /// 0 to 25 are letters, 26 to 35 the numerals.
    private static func digit(_ value: Int) -> String {
        let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        return String(digits[value])
    }

    private static func adapted(_ delta: Int, _ points: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / damp : delta / 2
        delta += delta / points
        var steps = 0
        while delta > (base - least) * most / 2 {
            delta /= base - least
            steps += base
        }
        return steps + (base - least + 1) * delta / (delta + skew)
    }
}
