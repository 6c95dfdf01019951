/// Host names with other letters than ASCII's as DNS has them.
///
/// See [RFC 3492](https://www.rfc-editor.org/rfc/rfc3492).
package enum Punycode {
    /// `xn--bcher-kva.example` for `bücher.example`; `nil` for what is no such name, or is one already.
    package static func hostName(_ text: String) -> String? {
        guard !text.allSatisfy(\.isASCII) else { return nil }
        let labels = text.lowercased().split(separator: ".", omittingEmptySubsequences: false).map { label in
            label.allSatisfy(\.isASCII) ? String(label) : encode(label.unicodeScalars).map { "xn--" + $0 }
        }
        guard let first = labels.first, !labels.contains(nil) else { return nil }
        let isName = labels.dropFirst(first == "*" ? 1 : 0).allSatisfy { $0.map(isLabel) ?? false }
        return isName ? labels.compactMap(\.self).joined(separator: ".") : nil
    }

    private static func isLabel(_ label: String) -> Bool {
        guard (1...63).contains(label.utf8.count), label.first != "-", label.last != "-" else { return false }
        return label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    }

    /// `nil` for what is written with letters and marks apart, which would have another name each.
    private static func encode(_ label: Substring.UnicodeScalarView) -> String? {
        let isComposed = label.allSatisfy { scalar in
            let properties = scalar.properties
            return scalar.isASCII || properties.isAlphabetic && properties.canonicalCombiningClass == .notReordered
        }
        guard isComposed else { return nil }
        let basic = label.filter(\.isASCII)
        var output = String(String.UnicodeScalarView(basic))
        var handled = basic.count
        if handled > 0 { output += "-" }
        var (code, delta, bias): (UInt32, Int, Int) = (128, 0, 72)
        while handled < label.count {
            guard let next = label.lazy.map(\.value).filter({ $0 >= code }).min() else { return nil }
            delta += Int(next - code) * (handled + 1)
            code = next
            for scalar in label {
                if scalar.value < code { delta += 1 }
                guard scalar.value == code else { continue }
                output += digits(of: delta, bias)
                bias = adapted(delta, handled + 1, isFirst: handled == basic.count)
                delta = 0
                handled += 1
            }
            delta += 1
            code += 1
        }
        return output
    }

    /// A number of varying length, least digit first.
    private static func digits(of number: Int, _ bias: Int) -> String {
        var (rest, text, position) = (number, "", 36)
        while true {
            let threshold = min(max(position - bias, 1), 26)
            guard rest >= threshold else { return text + digit(rest) }
            text += digit(threshold + (rest - threshold) % (36 - threshold))
            rest = (rest - threshold) / (36 - threshold)
            position += 36
        }
    }

    private static func digit(_ value: Int) -> String {
        String(UnicodeScalar(UInt8(value < 26 ? value + 97 : value - 26 + 48)))
    }

    private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var bias = 0
        while delta > 455 {
            delta /= 35
            bias += 36
        }
        return bias + 36 * delta / (delta + 38)
    }
}
