/// A single value as written, before anyone decides what type it has.
package struct Scalar: Sendable, Hashable {
    package let text: String
    /// Whether its looks decide its type: `true` is a Boolean, `"true"` is not.
    package let isPlain: Bool

    package init(_ text: String, isPlain: Bool) {
        self.text = text
        self.isPlain = isPlain
    }

    /// The meaning of a scalar to Kubernetes.
    package enum Meaning: Sendable, Hashable {
        case null
        case boolean(Bool)
        case integer(Int)
        /// A number with a fraction or an exponent, or an integer that is too large.
        case float
        case string
    }

    /// The type by the rules of the YAML reader that the tools of Kubernetes use.
    ///
    /// It follows YAML 1.1 where that differs: `yes`, `no`, `on`, `off`, `y` and `n` are Booleans, `010` is eight.
    package var meaning: Meaning {
        guard isPlain else { return .string }
        guard let first = text.utf8.first else { return .null }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return numericMeaning
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"), UInt8(ascii: "T"),
            UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "o"),
            UInt8(ascii: "O"):
            return wordMeaning
        default:
            return .string
        }
    }

    private var wordMeaning: Meaning {
        switch text {
        case "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y": .boolean(true)
        case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N": .boolean(false)
        default: .string
        }
    }

    private var numericMeaning: Meaning {
        switch text {
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN":
            .float
        default:
            NumberLiteral.meaning(of: text.utf8.filter { $0 != UInt8(ascii: "_") })
        }
    }
}
