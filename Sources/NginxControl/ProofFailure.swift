import Foundation

/// Why nothing could be proven, for no fault of the configuration.
package struct ProofFailure: Error, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }

    static func system(_ what: String, _ code: Int32) -> ProofFailure {
        ProofFailure("\(what): \(String(cString: strerror(code)))")
    }
}
