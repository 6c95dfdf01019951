import Foundation
import TestSupport

/// The objects of one resource in a fake API server, and what has become of them.
struct FakeCollection: Sendable {
    struct Event: Sendable {
        var version: Int
        var namespace: String
        /// Empty for what every watch is told.
        var name: String
        /// As a watch sends it, without the end of the line.
        var line: String
    }

    let kind: String
    let apiVersion: String
    /// By namespace and name, in the order of these.
    private(set) var objects: [String: (namespace: String, name: String, json: String)] = [:]
    private(set) var events: [Event] = []

    /// Creates the collection of a path such as `/apis/networking.k8s.io/v1/ingresses`.
    init(path: String, kind: String) {
        self.kind = kind
        let parts = path.split(separator: "/").dropLast()
        apiVersion = parts.dropFirst().joined(separator: "/")
    }

    /// Adds an object, or replaces it; its metadata gets the resource version, and a uid if it has none.
    mutating func put(_ json: String, version: Int) throws {
        var object = try Self.object(json)
        var metadata = object["metadata"] as? [String: Any] ?? [:]
        metadata["resourceVersion"] = String(version)
        let (namespace, name) = (metadata["namespace"] as? String ?? "", metadata["name"] as? String ?? "")
        if metadata["uid"] == nil { metadata["uid"] = "uid-\(namespace)-\(name)" }
        object["metadata"] = metadata
        let text = try Self.text(object)
        let key = "\(namespace)/\(name)"
        let type = objects[key] == nil ? "ADDED" : "MODIFIED"
        objects[key] = (namespace, name, text)
        object["kind"] = kind
        object["apiVersion"] = apiVersion
        let line = Self.event(type, try Self.text(object))
        events.append(Event(version: version, namespace: namespace, name: name, line: line))
    }

    mutating func remove(_ namespace: String, _ name: String, version: Int) throws {
        guard let (_, _, json) = objects.removeValue(forKey: "\(namespace)/\(name)") else { return }
        var object = try Self.object(json)
        var metadata = object["metadata"] as? [String: Any] ?? [:]
        metadata["resourceVersion"] = String(version)
        object["metadata"] = metadata
        let line = Self.event("DELETED", try Self.text(object))
        events.append(Event(version: version, namespace: namespace, name: name, line: line))
    }

    mutating func note(_ line: String, version: Int) {
        events.append(Event(version: version, namespace: "", name: "", line: line))
    }

    mutating func forget() { events = [] }

    /// A page of the list, and the token for the next.
    func page(_ selection: FakeSelection, limit: Int?, from start: Int, version: Int) -> String {
        let all = objects.sorted { $0.key < $1.key }.map(\.value)
            .filter { selection.includes($0.namespace, $0.name) }
        let page = all.dropFirst(start).prefix(limit ?? all.count)
        let end = start + page.count
        let next = end < all.count ? #","continue":"\#(end)","remainingItemCount":\#(all.count - end)"# : ""
        let items = page.map(\.json).joined(separator: ",")
        return
            #"{"kind":"\#(kind)List","apiVersion":"\#(apiVersion)","metadata":{"resourceVersion":"\#(version)"\#(next)},"#
            + #""items":[\#(items)]}"#
    }

    static func event(_ type: String, _ object: String) -> String {
        #"{"type":"\#(type)","object":\#(object)}"#
    }

    private static func object(_ json: String) throws -> [String: Any] {
        guard let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] else {
            throw Tool.Failure(description: "no JSON object: \(json)")
        }
        return object
    }

    private static func text(_ object: [String: Any]) throws -> String {
        String(
            decoding: try JSONSerialization.data(
                withJSONObject: object,
                options: [.sortedKeys, .withoutEscapingSlashes]
            ),
            as: UTF8.self
        )
    }
}
