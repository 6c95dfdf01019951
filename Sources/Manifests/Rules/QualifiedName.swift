/// The keys of annotations and labels: a name, with a domain and a slash before it or without.
enum QualifiedName {
    static let violation =
        "this is not a key that Kubernetes allows: a domain and '/', or nothing, then at most 63 letters, digits, "
        + "'-', '_' and '.', with a letter or digit at both ends"

    static func allows(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = parts.last, parts.count <= 2 else { return false }
        if parts.count == 2 {
            // Kubernetes compares the domain in lower case.
            guard NameRule.subdomain.allows(parts[0].lowercased()) else { return false }
        }
        guard (1...63).contains(name.utf8.count) else { return false }
        guard let first = name.utf8.first, let last = name.utf8.last else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last) && name.utf8.allSatisfy(isPart)
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
