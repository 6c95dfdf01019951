import Diagnostics
import KubernetesModel

/// The findings that objects ask to have left out by an annotation: codes with commas between them, and after ` -- ` the
/// reason for people.
struct Suppressions {
    static let annotation = "postern.dev/ignore"

    /// What one object asks for.
    private struct Request {
        var codes: [String]
        var position: SourcePosition?
        var used: Set<String> = []
    }

    private var requests: [ObjectReference: Request] = [:]

    init(in snapshot: ClusterSnapshot) {
        add(snapshot.ingresses)
        add(snapshot.ingressClasses)
        add(snapshot.services)
        add(snapshot.secrets)
        add(snapshot.configMaps)
    }

    private mutating func add(_ objects: [some KubernetesObject]) {
        for object in objects {
            guard let text = object.metadata.annotations[Self.annotation], let reference = object.reference else {
                continue
            }
            let position = object.metadata.source?.position(of: Self.field)
            requests[reference] = Request(codes: Self.codes(in: text), position: position)
        }
    }

    private static let field = "metadata.annotations[\(annotation)]"

    /// `path-taken, setting-taken -- the teams know`.
    static func codes(in text: String) -> [String] {
        let list = text.firstRange(of: "--").map { text[..<$0.lowerBound] } ?? text[...]
        return list.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }

    /// Whether the finding's object asks to have it left out.
    mutating func take(_ finding: Diagnostic) -> Bool {
        guard !requests.isEmpty, let object = finding.object else { return false }
        guard requests[object]?.codes.contains(finding.code) == true else { return false }
        requests[object]?.used.insert(finding.code)
        return true
    }

    /// The findings that nobody asks to have left out.
    mutating func rest(of findings: [Diagnostic]) -> [Diagnostic] {
        requests.isEmpty ? findings : findings.filter { !take($0) }
    }

    /// Findings about codes that leave nothing out, or that there are none of.
    ///
    /// - Parameter isExcused: Whether a code of an object may leave nothing out.
    func idle(_ isExcused: (_ code: String, _ object: ObjectReference) -> Bool) -> [Diagnostic] {
        requests.sorted { $0.key < $1.key }.flatMap { object, request in
            Set(request.codes).subtracting(request.used).sorted().compactMap { code in
                guard !isExcused(code, object) else { return nil }
                return .idle(code, in: Self.annotation, object: object, field: Self.field, position: request.position)
            }
        }
    }
}

extension Diagnostic {
    /// A code that leaves nothing out, or that there is none of.
    ///
    /// - Parameter place: What names the code: an option, an annotation or a file.
    static func idle(
        _ code: String,
        in place: String,
        object: ObjectReference? = nil,
        field: String? = nil,
        position: SourcePosition? = nil
    ) -> Diagnostic {
        let isKnown = CodeExplanation.of(code) != nil
        return Diagnostic(
            .warning,
            code: isKnown ? "ignore-unused" : "ignore-unknown",
            isKnown
                ? "'\(code)' in \(place) leaves nothing out; it can go"
                : "'\(code.excerpt)' in \(place) leaves nothing out: no finding has this code",
            object: object,
            field: field,
            position: position,
            hint: isKnown ? nil : CodeExplanation.suggestion(for: code).map { "did you mean '\($0)'?" }
        )
    }
}
