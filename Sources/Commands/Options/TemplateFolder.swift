import Foundation
import Template

/// A folder of templates that replace the built-in ones.
enum TemplateFolder {
    static func load(_ folder: String) throws(CommandFailure) -> [TemplateSource] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".tmpl") }
                .sorted()
        } catch {
            throw CommandFailure("\(folder): the folder of templates cannot be read")
        }
        guard !names.isEmpty else { throw CommandFailure("\(folder): no file ends in .tmpl") }
        var sources: [TemplateSource] = []
        for name in names {
            let path = "\(folder)/\(name)"
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw CommandFailure("\(path): the file cannot be read as UTF-8 text")
            }
            sources.append(TemplateSource(name: String(name.dropLast(5)), file: path, text: text))
        }
        return sources
    }
}
