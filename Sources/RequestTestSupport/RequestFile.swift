import Diagnostics
package import Foundation
import YAML

/// Reads `requests.yaml` files.
package enum RequestFile {
    /// Reads the expectations in a file; diagnostics give it the name of its last path component.
    package static func read(_ file: URL) throws -> [RequestExpectation] {
        try decode(String(contentsOf: file, encoding: .utf8), file: file.lastPathComponent)
    }

    /// Reads the expectations in a text that is one list.
    ///
    /// Throws ``Malformed`` at the first thing that is not as ``RequestExpectation`` describes it, such as an unknown key.
    package static func decode(_ text: String, file: String) throws -> [RequestExpectation] {
        let reader = NodeReader(file: file)
        var expectations: [RequestExpectation] = []
        for document in DocumentReader(text, file: file) {
            if let diagnostic = document.diagnostics.first {
                let place = diagnostic.position ?? SourcePosition(file: file, line: 1, column: 1)
                throw Malformed(position: place, message: diagnostic.message)
            }
            guard let root = document.root else { continue }
            expectations += try reader.list(root).map { try reader.expectation($0) }
        }
        guard !expectations.isEmpty else {
            throw Malformed(position: SourcePosition(file: file, line: 1, column: 1), message: "no request is listed")
        }
        return expectations
    }

    /// A file that is no list of expectations.
    package struct Malformed: Error, CustomStringConvertible {
        let position: SourcePosition
        let message: String

        package var description: String { "\(position): \(message)" }
    }
}
