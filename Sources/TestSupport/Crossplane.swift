package import Foundation

/// The Python package crossplane, another reader of nginx's configurations.
package enum Crossplane {
    /// One directive as crossplane reads it, after nginx's unescaping, which it leaves to others.
    package struct Node: Decodable {
        package let name: String
        package let arguments: [String]
        package let line: Int
        package let block: [Node]?
    }

    /// The rules of crossplane's analyzer for one directive.
    package struct Meaning: Decodable {
        package let contexts: [String]
        package let isBlock: Bool
        package let counts: [Int]
    }

    /// The trees of files, in their order; `nil` for a file that it refuses.
    package static func parse(_ files: [URL]) async throws -> [[Node]?] {
        try await JSONDecoder().decode([[Node]?].self, from: Data(run(parseScript, files.map(\.path)).utf8))
    }

    /// The meanings of each name that it knows.
    package static func meanings() async throws -> [String: [Meaning]] {
        try await JSONDecoder().decode([String: [Meaning]].self, from: Data(run(analyzerScript, []).utf8))
    }

    private static func run(_ script: String, _ arguments: [String]) async throws -> String {
        let outcome = try await Tool(at: python()).run(["-c", script] + arguments)
        guard outcome.succeeded else { throw Tool.Failure(description: outcome.errors) }
        return outcome.text
    }

    private static func python() throws -> String {
        if let named = ProcessInfo.processInfo.environment["CROSSPLANE_PYTHON"] { return named }
        let path = PackageRoot.url.appending(path: ".build/crossplane-venv/bin/python3").path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: path) else { throw Missing(path: path) }
        return path
    }

    package struct Missing: Error, CustomStringConvertible {
        let path: String

        package var description: String {
            "no crossplane at \(path); `make test` sets it up, or name its python in CROSSPLANE_PYTHON"
        }
    }
}

extension Crossplane {
    private static let parseScript = #"""
        import json, re, sys, crossplane
        escapes = {"t": "\t", "r": "\r", "n": "\n"}
        def text(token):
            return re.sub(r"""\\(["'\\trn])""", lambda match: escapes.get(match[1], match[1]), token)
        def tree(nodes):
            return [
                {
                    "name": text(node["directive"]),
                    "arguments": [text(argument) for argument in node["args"]],
                    "line": node["line"],
                    "block": tree(node["block"]) if "block" in node else None,
                }
                for node in nodes if "comment" not in node
            ]
        def read(path):
            result = crossplane.parse(path, single=True, check_ctx=False, check_args=False)
            return tree(result["config"][0]["parsed"]) if result["status"] == "ok" else None
        print(json.dumps([read(path) for path in sys.argv[1:]]))
        """#

    private static let analyzerScript = #"""
        import json
        from crossplane import analyzer
        contexts = {
            "main": ["MAIN"], "events": ["EVENT"], "http": ["HTTP_MAIN"], "server": ["HTTP_SRV"], "location": ["HTTP_LOC"],
            "upstream": ["HTTP_UPS"], "ifInServer": ["HTTP_SIF"], "ifInLocation": ["HTTP_LIF"], "limitExcept": ["HTTP_LMT"],
            "stream": ["STREAM_MAIN"], "streamServer": ["STREAM_SRV"], "streamUpstream": ["STREAM_UPS"],
        }
        def meaning(mask):
            stands = [name for name, (flag,) in contexts.items() if mask & getattr(analyzer, "NGX_%s_CONF" % flag)]
            counts = [count for count in range(8) if mask >> count & 1]
            if mask & analyzer.NGX_CONF_FLAG: counts.append(1)
            if mask & (analyzer.NGX_CONF_ANY | analyzer.NGX_CONF_1MORE): counts += [1, 99]
            if mask & analyzer.NGX_CONF_2MORE: counts += [2, 99]
            return {"contexts": stands, "isBlock": bool(mask & analyzer.NGX_CONF_BLOCK), "counts": counts}
        print(json.dumps({name: [meaning(mask) for mask in masks] for name, masks in analyzer.DIRECTIVES.items()}))
        """#
}
