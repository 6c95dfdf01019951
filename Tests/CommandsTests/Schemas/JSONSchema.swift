import Foundation
import TestSupport
import Testing

/// A documented schema of what a command prints, and what Python's jsonschema says of documents.
struct JSONSchema {
    static let names = ["check", "diff", "explain", "migrate", "settings", "status"]

    private static let program = """
        import copy, json, sys
        from jsonschema import Draft202012Validator
        schema = json.load(open(sys.argv[1]))
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)

        def objects(value, path=()):
            if isinstance(value, dict):
                yield path
                for key in value: yield from objects(value[key], path + (key,))
            if isinstance(value, list):
                for index, part in enumerate(value): yield from objects(part, path + (index,))

        def widened(document, path):
            document = copy.deepcopy(document)
            place = document
            for key in path: place = place[key]
            place["surplus"] = {}
            return document

        def words(path): return "/".join(map(str, path))

        def verdict(file):
            document = json.load(open(file))
            paths = list(objects(document))
            return {
                "errors": [words(e.absolute_path) + ": " + e.message for e in validator.iter_errors(document)],
                "objects": len(paths),
                "open": [words(path) for path in paths if validator.is_valid(widened(document, path))],
            }

        print(json.dumps([verdict(file) for file in sys.argv[2:]]))
        """

    /// What there is to say of one document.
    struct Verdict: Decodable {
        /// Where it differs from the schema, and how.
        var errors: [String]
        /// How many objects are in it.
        var objects: Int
        /// Those that may have a field that the schema does not name.
        var open: [String]
    }

    let name: String

    private var file: String { PackageRoot.url.appending(path: "Documentation/\(name).schema.json").path }

    var text: String { get throws { try String(contentsOfFile: file, encoding: .utf8) } }

    func verdicts(on documents: [String]) async throws -> [Verdict] {
        let python = PackageRoot.url.appending(path: ".build/sarif-venv/bin/python").path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw Tool.Failure(description: "no validator at \(python); `make test` sets it up")
        }
        let names = documents.indices.map { "\($0).json" }
        return try await CommandLine.use(Dictionary(uniqueKeysWithValues: zip(names, documents))) { shell in
            let outcome = try await Tool(at: python).run(["-c", Self.program, file] + names.map(shell.path))
            guard outcome.succeeded else { throw Tool.Failure(description: outcome.errors) }
            return try JSONDecoder().decode([Verdict].self, from: Data(outcome.output))
        }
    }

    /// Expects that documents are what the schema says, and that the schema names all that may be in them.
    func expectValid(_ documents: [String]) async throws {
        for (document, verdict) in zip(documents, try await verdicts(on: documents)) {
            #expect(verdict.errors == [], "\(document)")
            #expect(verdict.open == [], "\(document)")
        }
    }

    /// A file of the tests.
    static func golden(_ path: String) throws -> String {
        try String(contentsOf: PackageRoot.url.appending(path: "Tests/CommandsTests/\(path)"), encoding: .utf8)
    }
}
