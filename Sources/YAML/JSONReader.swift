/// Reads one JSON value that a program has written: no file has a name, and a mapping with a key twice is refused.
package struct JSONReader: Sendable {
    /// The keys whose values are passed over unread, wherever they stand.
    package var skippedKeys: Set<String>

    package init(skippedKeys: Set<String> = []) {
        self.skippedKeys = skippedKeys
    }

    package func read(_ bytes: [UInt8]) throws(JSONError) -> Node {
        var parser = JSONParser(bytes, skippedKeys: skippedKeys)
        return try parser.onlyValue()
    }
}
