extension DirectiveArgument {
    /// The value as it stands in the file.
    package var printedForm: String {
        var output: [UInt8] = []
        write(to: &output)
        return String(decoding: output, as: UTF8.self)
    }
}

extension Array: DirectiveArgument where Element: DirectiveArgument {
    package static var kind: ArgumentKind { Element.kind }

    /// Appends the elements with single spaces between them, and nothing for an empty list.
    package func write(to output: inout [UInt8]) {
        for (index, element) in enumerated() {
            if index > 0 { output.append(UInt8(ascii: " ")) }
            element.write(to: &output)
        }
    }
}

extension [UInt8] {
    /// Appends a number that is not negative, without making a text of it first.
    mutating func append(decimal number: Int) {
        if number >= 10 { append(decimal: number / 10) }
        append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}
