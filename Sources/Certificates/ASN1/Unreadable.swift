/// A defect of a certificate or a key, in words that hold none of its content.
struct Unreadable: Error, Hashable {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
