import Testing
import YAML

@Suite struct ScalarTests {
    @Test(arguments: ["", "~", "null", "Null", "NULL"])
    func `reads what stands for nothing`(_ text: String) {
        #expect(meaning(text) == .null)
    }

    @Test(arguments: ["true", "True", "TRUE", "yes", "on", "On", "y", "!!bool true"])
    func `reads what the tools of Kubernetes take for true`(_ text: String) {
        #expect(meaning(text) == .boolean(true))
    }

    @Test(arguments: ["false", "no", "NO", "off", "n"])
    func `reads what the tools of Kubernetes take for false`(_ text: String) {
        #expect(meaning(text) == .boolean(false))
    }

    @Test(arguments: [
        ("0", 0), ("80", 80), ("-1", -1), ("+8", 8), ("1_000", 1000), ("0x1F", 31), ("010", 8), ("0o17", 15),
        ("0b101", 5), ("9223372036854775807", Int.max),
    ])
    func `reads integers`(_ text: String, _ value: Int) {
        #expect(meaning(text) == .integer(value))
    }

    @Test(arguments: ["1.5", ".5", "1.", "1e3", "-1.5E-3", ".inf", "-.Inf", ".nan", "9223372036854775808"])
    func `reads other numbers`(_ text: String) {
        #expect(meaning(text) == .float)
    }

    @Test(arguments: [
        "text", "'true'", "\"80\"", "!!str 80", "tRUE", "yEs", "10.0.0.1", "2026-01-01", "1:30", "-a", "+", ".", "0x",
        "1e", "8m", "0b2", "-x", "|\n  1", "! 1",
    ])
    func `takes everything else for text`(_ text: String) {
        #expect(meaning(text) == .string)
    }
}
