/// A line that is equal to another only if its bytes are, unlike a `String`.
struct LineKey: Hashable {
    let text: Substring
    let lacksNewline: Bool

    static func == (left: Self, right: Self) -> Bool {
        left.lacksNewline == right.lacksNewline && left.text.utf8.count == right.text.utf8.count
            && left.text.utf8.elementsEqual(right.text.utf8)
    }

    // `String` hashes canonically equal text alike, so its hash agrees with the stricter `==`.
    func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}
