import Diagnostics
import Foundation

/// Reads a token that somebody replaces from time to time.
enum TokenFile {
    static func read(_ path: String) throws(APIError) -> SecretBytes {
        let content: Data
        do {
            content = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw .unusable("the token in \(path.printable) cannot be read: \(error.localizedDescription)")
        }
        let token = Array(content).trimmed
        guard !token.isEmpty else { throw .unusable("the token in \(path.printable) is empty") }
        return SecretBytes(token)
    }
}

extension [UInt8] {
    /// Without the spaces and line breaks around it.
    var trimmed: [UInt8] {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        return Array(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
