/// The rules of nginx for request methods, whatever is asked for.
enum RequestMethod {
    /// Whether nginx reads it as a method: upper-case letters, `_` and `-`.
    static func isValid(_ method: String) -> Bool {
        !method.isEmpty
            && method.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
                default: false
                }
            }
    }

    /// Whether nginx passes it on; it answers 405 to the others.
    static func isAllowed(_ method: String) -> Bool { method != "TRACE" && method != "CONNECT" }
}
