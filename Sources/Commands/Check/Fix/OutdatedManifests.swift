import Diagnostics
import KubernetesModel
import Manifests
import YAML

/// Manifests with objects in versions that clusters no longer serve, and those objects in the present one.
struct OutdatedManifests {
    /// A file with another text.
    struct Fix {
        var file: ManifestFile
        /// How many objects of it are rewritten.
        var count: Int
    }

    private(set) var findings: [Diagnostic] = []
    private(set) var fixes: [Fix] = []

    /// - Parameter passedOver: The names of files that are no manifests, and left alone.
    init(_ files: [ManifestFile], besides passedOver: Set<String>) {
        for file in files where !passedOver.contains(file.name) {
            let objects = OutdatedObject.all(in: file)
            if !objects.isEmpty { add(file, objects) }
        }
    }

    private mutating func add(_ file: ManifestFile, _ objects: [OutdatedObject]) {
        var refusals: [ObjectReference: String] = [:]
        do throws(IngressRewriting.Refusal) {
            let text = try Self.plainText(of: file)
            var rewriting = IngressRewriting(text)
            for object in objects {
                let before = rewriting
                do throws(IngressRewriting.Refusal) {
                    try rewriting.rewrite(object)
                } catch {
                    rewriting = before
                    refusals[object.reference] = error.reason
                }
            }
            let count = objects.count - refusals.count
            if count > 0 {
                let result = rewriting.edits.result
                guard Self.saysTheSame(file, as: result) else { throw .init(reason: "its layout is not understood") }
                var new = file
                new.bytes = Array(result.utf8)
                fixes.append(Fix(file: new, count: count))
            }
        } catch {
            for object in objects where refusals[object.reference] == nil { refusals[object.reference] = error.reason }
        }
        findings += objects.map { .outdated($0, in: file, reason: refusals[$0.reference]) }
    }

    private static func plainText(of file: ManifestFile) throws(IngressRewriting.Refusal) -> String {
        guard let text = String(validating: file.bytes, as: UTF8.self) else { throw .init(reason: "it is not UTF-8") }
        guard !text.contains("{{") else { throw .init(reason: "the file is a template") }
        guard !text.repeatsParts else { throw .init(reason: "the file has anchors or tags") }
        return text
    }

    /// Whether the objects of a file are those of another text: to rewrite is to change nothing.
    private static func saysTheSame(_ file: ManifestFile, as text: String) -> Bool {
        let (old, new) = (objects(of: file), objects(of: ManifestFile(name: file.name, text: text)))
        return old.ingresses == new.ingresses && old.classes == new.classes && old.count == new.count
    }

    private static func objects(
        of file: ManifestFile
    ) -> (ingresses: [Ingress], classes: [IngressClass], count: Int) {
        let objects = ManifestReader().read(file).objects
        let ingresses = objects.compactMap { object in
            if case .ingress(let ingress) = object { ingress.normal } else { nil as Ingress? }
        }
        let classes = objects.compactMap { object -> IngressClass? in
            guard case .ingressClass(var ingressClass) = object else { return nil }
            ingressClass.metadata.source = nil
            return ingressClass
        }
        return (ingresses, classes, objects.count)
    }
}

extension Ingress {
    /// Without its place, and with the type of path that counts where none is given.
    fileprivate var normal: Ingress {
        var ingress = self
        ingress.metadata.source = nil
        for (number, rule) in ingress.rules.enumerated() {
            ingress.rules[number].paths = rule.paths?.map { path in
                var path = path
                path.pathType = path.pathType ?? .implementationSpecific
                return path
            }
        }
        return ingress
    }
}

extension String {
    /// Whether it has anchors, aliases or tags of YAML, or what looks like one.
    fileprivate var repeatsParts: Bool {
        contains(/(?m)(?:^|[\s\[\{,:\-])(?:[&*][A-Za-z0-9_\-]+(?:$|[\s,\]\}])|<<\s*:|!!?[A-Za-z])/)
    }
}

extension Diagnostic {
    fileprivate static func outdated(_ object: OutdatedObject, in file: ManifestFile, reason: String?) -> Diagnostic {
        let form = "write '\(OutdatedObject.current)'\(object.form)"
        return Diagnostic(
            .warning,
            code: "version-outdated",
            "a cluster of Kubernetes 1.22 or newer refuses '\(object.apiVersion)'; Postern reads it all the same",
            object: object.reference,
            field: "apiVersion",
            position: SourcePosition(object.versionPosition, in: file.name),
            hint: reason.map { "\(form); --fix leaves it: \($0)" } ?? "\(form), as --fix does"
        )
    }
}
