import Glibc

/// An error of the operating system, in its own words.
package struct SystemError: Error, Hashable, CustomStringConvertible {
    package let number: Int32

    package init(_ number: Int32) {
        self.number = number
    }

    /// The error of the call before.
    static var last: SystemError { SystemError(errno) }

    /// As in `permission denied`.
    package var description: String {
        guard let words = unsafe strerror(number) else { return "error \(number)" }
        let text = unsafe String(cString: words)
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
