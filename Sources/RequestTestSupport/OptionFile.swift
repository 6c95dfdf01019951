import Diagnostics
package import Foundation
import TestSupport
import YAML

/// Reads `settings.yaml` files, whose keys are options of the command line without their dashes.
///
///     observed: true                          # --observed
///     watch-ingress-without-class: false      # --no-watch-ingress-without-class
///     resolver: [192.0.2.1, 192.0.2.2]        # --resolver=192.0.2.1 --resolver=192.0.2.2
///     ingress-class: edge                     # --ingress-class=edge
package enum OptionFile {
    /// The arguments that the file stands for.
    package static func arguments(_ file: URL) throws -> [String] {
        let reader = NodeReader(file: file.lastPathComponent)
        let text = try String(contentsOf: file, encoding: .utf8)
        var arguments: [String] = []
        for document in DocumentReader(text, file: file.lastPathComponent) {
            if let diagnostic = document.diagnostics.first { throw Tool.Failure(description: diagnostic.text) }
            guard let root = document.root else { continue }
            for entry in try reader.mapping(root).entries {
                if case .sequence(let nodes) = entry.value.value {
                    for node in nodes { arguments.append(option(entry.key, try reader.text(node))) }
                } else {
                    arguments.append(option(entry.key, try reader.text(entry.value)))
                }
            }
        }
        return arguments
    }

    private static func option(_ name: String, _ value: String) -> String {
        switch value {
        case "true": "--\(name)"
        case "false": "--no-\(name)"
        default: "--\(name)=\(value)"
        }
    }
}
