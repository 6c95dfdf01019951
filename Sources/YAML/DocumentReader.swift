import Diagnostics

/// Reads the documents of a YAML or JSON text one after the other.
///
/// A document that cannot be read does not hide those after it. Documents without content are passed over.
package struct DocumentReader: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private let file: String
    private var splitter: DocumentSplitter
    private var pending: [Document] = []

    /// Reads `bytes`; `file` is the name that diagnostics give it.
    package init(_ bytes: [UInt8], file: String) {
        self.file = file
        let isWide = bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE])
        self.bytes = isWide ? [] : bytes
        splitter = DocumentSplitter(self.bytes)
        if isWide { pending = [Document(refusedFor: .notUTF8(file: file))] }
    }

    package init(_ text: String, file: String) {
        self.init(Array(text.utf8), file: file)
    }

    package mutating func next() -> Document? {
        while pending.isEmpty {
            guard let part = splitter.next() else { return nil }
            pending = documents(of: part).reversed()
        }
        return pending.popLast()
    }

    private func documents(of part: DocumentSplitter.Part) -> [Document] {
        if let defect = part.defect {
            return [Document(refusedFor: .encoding(defect, file: file))]
        }
        var json = JSONParser(bytes, part: part, file: file)
        if let (documents, error) = json.documents() {
            guard let error else { return documents }
            // What is not quite JSON may still be YAML, unless the file says that it is not.
            if file.hasSuffix(".json") { return documents + [Document(refusedFor: .json(error, file: file))] }
        }
        var composer = Composer(bytes[part.range], precedingLines: part.precedingLines, file: file)
        return composer.documents()
    }
}

extension Document {
    fileprivate init(refusedFor diagnostic: Diagnostic) {
        self.init(root: nil, diagnostics: [diagnostic])
    }
}

extension Diagnostic {
    fileprivate static func notUTF8(file: String) -> Diagnostic {
        Diagnostic(
            .error,
            code: "yaml-encoding",
            "the file is UTF-16 and is not read",
            position: SourcePosition(file: file, line: 1, column: 1),
            hint: "save it as UTF-8"
        )
    }

    fileprivate static func encoding(_ defect: EncodingDefect, file: String) -> Diagnostic {
        let reason =
            switch defect.kind {
            case .invalidUTF8: "this byte is not UTF-8"
            case .control(let scalar): "YAML does not allow the control character U+\(fourDigits(scalar))"
            }
        return Diagnostic(
            .error,
            code: "yaml-encoding",
            "\(reason); the document is left out",
            position: SourcePosition(defect.position, in: file)
        )
    }

    private static func fourDigits(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension SourcePosition {
    package init(_ position: Node.Position, in file: String) {
        self.init(file: file, line: position.line, column: position.column)
    }
}
