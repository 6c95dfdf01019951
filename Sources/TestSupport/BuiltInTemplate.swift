import Foundation

/// The text of a template that is compiled into the program, to be changed for a test.
package enum BuiltInTemplate {
    package static func text(of name: String) throws -> String {
        try String(contentsOf: PackageRoot.url.appending(path: "Templates/\(name).tmpl"), encoding: .utf8)
    }

    /// Returns a template with each text in it replaced by another; throws if one is not there.
    package static func replacing(_ replacements: [String: String], in name: String) throws -> String {
        try replacements.reduce(into: try text(of: name)) { whole, replacement in
            guard whole.contains(replacement.key) else {
                throw Tool.Failure(description: "\(name).tmpl has no '\(replacement.key)'")
            }
            whole = whole.replacing(replacement.key, with: replacement.value)
        }
    }
}
