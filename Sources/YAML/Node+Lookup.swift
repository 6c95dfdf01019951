extension Node {
    /// The value of a key; `nil` where there is none, or this is no mapping.
    package subscript(key: String) -> Node? {
        guard case .mapping(let mapping) = value else { return nil }
        return mapping[key]
    }

    /// The text of a value that is text by its looks; `nil` where it is something else.
    package var text: String? {
        guard case .scalar(let scalar) = value, scalar.meaning == .string else { return nil }
        return scalar.text
    }
}
