import Diagnostics
import Foundation
import TextCoding

/// Findings in the format that GitHub, GitLab and editors read from any checker.
///
/// See [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
struct SARIFReport: Encodable {
    var schema = "https://json.schemastore.org/sarif-2.1.0.json"
    var version = "2.1.0"
    var runs: [Run]

    enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version
        case runs
    }

    struct Run: Encodable {
        var tool: Tool
        var results: [Result]
        /// A column counts code points, as Postern's do.
        var columnKind = "unicodeCodePoints"
    }

    struct Tool: Encodable {
        struct Driver: Encodable {
            var name = "postern"
            var version: String
            var rules: [Rule]
        }

        var driver: Driver
    }

    /// A code; what explains it is left out where nothing does.
    struct Rule: Encodable {
        var id: String
        var shortDescription: Message?
        var fullDescription: Message?
        var help: Message?
    }

    struct Message: Encodable {
        var text: String
    }

    struct Result: Encodable {
        var ruleId: String
        var ruleIndex: Int
        var level: String
        var message: Message
        var locations: [Location]
    }

    struct Location: Encodable {
        struct Physical: Encodable {
            var artifactLocation: Artifact
            var region: Region
        }

        struct Artifact: Encodable {
            var uri: String
        }

        struct Region: Encodable {
            var startLine: Int
            var startColumn: Int
        }

        struct Logical: Encodable {
            var fullyQualifiedName: String
        }

        var physicalLocation: Physical?
        var logicalLocations: [Logical]?
    }

    init(_ findings: [Diagnostic], version: String) {
        let codes = Set(findings.map(\.code)).sorted()
        let indices = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
        runs = [
            Run(
                tool: Tool(driver: Tool.Driver(version: version, rules: codes.map(Rule.init))),
                results: findings.map { Result($0, rule: indices[$0.code] ?? -1) }
            )
        ]
    }
}

extension SARIFReport.Rule {
    fileprivate init(_ code: String) {
        id = code
        guard let explanation = CodeExplanation.of(code) else { return }
        shortDescription = SARIFReport.Message(text: explanation.cause)
        fullDescription = SARIFReport.Message(text: "\(explanation.cause) \(explanation.effect)")
        help = SARIFReport.Message(text: explanation.remedy)
    }
}

extension SARIFReport.Result {
    fileprivate init(_ finding: Diagnostic, rule: Int) {
        let level =
            switch finding.severity {
            case .error: "error"
            case .warning: "warning"
            case .note: "note"
            }
        let text = finding.message + (finding.hint.map { "\nhint: \($0)" } ?? "")
        let location = SARIFReport.Location(finding)
        self.init(
            ruleId: finding.code,
            ruleIndex: rule,
            level: level,
            message: SARIFReport.Message(text: text),
            locations: [location].compactMap(\.self)
        )
    }
}

extension SARIFReport.Location {
    fileprivate init?(_ finding: Diagnostic) {
        let name = finding.object.map { object in finding.field.map { "\(object) \($0)" } ?? object.description }
        guard finding.position != nil || name != nil else { return nil }
        physicalLocation = finding.position.map { position in
            Physical(
                artifactLocation: Artifact(uri: Self.uri(of: position.file)),
                region: Region(startLine: position.line, startColumn: position.column)
            )
        }
        logicalLocations = name.map { [Logical(fullyQualifiedName: $0)] }
    }

    /// A relative path stays one: readers take it from the top of the repository.
    private static func uri(of file: String) -> String {
        let path = String(
            decoding: file.utf8.percentEncoded { byte in
                byte <= 0x20 || byte >= 0x7F || "\"#%?\\<>^`{|}[]:".utf8.contains(byte)
            },
            as: UTF8.self
        )
        return file.hasPrefix("/") ? "file://\(path)" : path
    }
}
