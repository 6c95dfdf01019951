/// The path of a file, as the user named the folder and as the system names what is in it.
///
/// Unlike texts, two names are the same only if their bytes are: `é` may be written in two ways.
package struct FileName: Sendable, Hashable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// The name of an entry in the folder that has this name.
    func appending(_ entry: String) -> FileName {
        FileName(text.hasSuffix("/") ? text + entry : "\(text)/\(entry)")
    }

    func isBelow(_ folder: FileName) -> Bool {
        let prefix = folder.text.hasSuffix("/") ? folder.text : folder.text + "/"
        return text.utf8.starts(with: prefix.utf8)
    }

    package static func == (left: Self, right: Self) -> Bool {
        let (left, right) = (left.text.utf8, right.text.utf8)
        let isSame = unsafe left.withContiguousStorageIfAvailable { left in
            unsafe right.withContiguousStorageIfAvailable { right in
                unsafe left.count == right.count && left.elementsEqual(right)
            }
        }
        return (isSame ?? nil) ?? left.elementsEqual(right)
    }

    package func hash(into hasher: inout Hasher) {
        // Texts of the same bytes are equal, and so have one hash.
        hasher.combine(text)
    }
}
