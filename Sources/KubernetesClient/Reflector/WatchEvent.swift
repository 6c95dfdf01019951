import FoundationEssentials
import YAML

/// One line of a watch.
enum WatchEvent {
    case changed(Node)
    case removed(Node)
    /// Nothing has changed up to the event's resource version.
    case bookmark
    /// A type of event that is not known, which changes nothing.
    case other
    case failed(APIError)

    /// Throws ``APIError`` for a line that is no event.
    static func read(_ line: [UInt8]) throws(APIError) -> (event: WatchEvent, resourceVersion: String?) {
        let root: Node
        do throws(JSONError) {
            root = try ObjectPage.reader.read(line)
        } catch {
            throw .unexpected("a line of the watch is no JSON: \(error)")
        }
        guard let type = root["type"]?.text, let object = root["object"], case .mapping = object.value else {
            throw .unexpected("a line of the watch is no event")
        }
        if type == "ERROR" { return (.failed(APIError(APIStatus(object))), nil) }
        guard let version = object["metadata"]?["resourceVersion"]?.text, !version.isEmpty else {
            throw .unexpected("an event of the watch has no resource version")
        }
        switch type {
        case "ADDED", "MODIFIED": return (.changed(object), version)
        case "DELETED": return (.removed(object), version)
        case "BOOKMARK": return (.bookmark, version)
        default: return (.other, version)
        }
    }
}

extension APIStatus {
    fileprivate init(_ object: Node) {
        var code = 500
        if case .scalar(let scalar) = object["code"]?.value, case .integer(let value) = scalar.meaning { code = value }
        self.init(code: code, reason: object["reason"]?.text ?? "", message: object["message"]?.text ?? "")
    }
}
