import Diagnostics

/// Findings in the format in which CI servers read the results of tests: each code is a test that findings fail.
struct JUnitReport {
    let findings: [Diagnostic]
    /// Whether a finding fails its test.
    let isFailure: (Diagnostic) -> Bool

    var text: String {
        let groups = Dictionary(grouping: findings, by: \.code).sorted { $0.key < $1.key }
        let cases = groups.map { testCase($0.key, $0.value) }
        let failed = groups.count { $0.value.contains(where: isFailure) }
        // Without any finding there is one test, which passes.
        let body = cases.isEmpty ? "    <testcase classname=\"postern\" name=\"check\"/>\n" : cases.joined()
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
              <testsuite name="postern check" tests="\(max(1, groups.count))" failures="\(failed)">
            \(body)  </testsuite>
            </testsuites>

            """
    }

    private func testCase(_ code: String, _ findings: [Diagnostic]) -> String {
        let failures = findings.filter(isFailure)
        let rest = findings.filter { !isFailure($0) }
        var text = "    <testcase classname=\"postern\" name=\"\(Self.escaped(code))\">\n"
        if let first = failures.first {
            let all = failures.map(\.text).joined(separator: "\n")
            text += "      <failure message=\"\(Self.escaped(first.message))\" type=\"\(first.severity.rawValue)\">"
            text += "\(Self.escaped(all))</failure>\n"
        }
        if !rest.isEmpty {
            text += "      <system-out>\(Self.escaped(rest.map(\.text).joined(separator: "\n")))</system-out>\n"
        }
        return text + "    </testcase>\n"
    }

    /// Findings hold no control characters, which XML has no form for.
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("\n", with: "&#10;")
    }
}
